import { copyGetWinEvent } from './get-winevent.ts'
import { copyKql } from './kql.ts'
import type { Copied, Selection } from './selection.ts'
import { copySigma } from './sigma.ts'
import { copySpl } from './spl.ts'

/** A language in which a stack can be searched for elsewhere. */
export type CopyForm = { key: string; name: string; copy: (selection: Selection) => Copied }

/** The forms in which a stack can be copied, in the order in which they are offered (docs/copy-as.md). */
export const copyForms: readonly CopyForm[] = [
  { key: 'spl', name: 'SPL (Splunk)', copy: copySpl },
  { key: 'kql', name: 'KQL (Defender advanced hunting)', copy: copyKql },
  { key: 'sigma', name: 'Sigma rule', copy: copySigma },
  { key: 'get-winevent', name: 'Get-WinEvent (PowerShell)', copy: copyGetWinEvent },
]

'use client'
import { copyText } from '#components/ui/copy.ts'
import { Hint } from '#components/ui/hint.tsx'
import { shortGuid } from '#lib/text/guid.ts'
import { visibleText } from '#lib/text/visible.ts'
import { NullValue } from './null-value.tsx'

type Props = {
  guid: string | null
  /** Shows all of it on hover and focus; a table does that itself. */
  hint?: boolean
}

/** A GUID by its first group; all of it shows on hover and focus, and a click copies it. */
export function GuidCell({ guid, hint = true }: Props) {
  if (guid === null || guid === 'NULL') return <NullValue />
  const complete = visibleText(guid)
  const button = (
    <button
      type="button"
      onClick={() => copyText(guid, 'GUID copied')}
      aria-label={`${complete}, copy`}
      className="block w-full truncate rounded-sm text-left font-mono text-12 leading-5 hover:text-accent"
    >
      {visibleText(shortGuid(guid))}
    </button>
  )
  return hint ? <Hint text={<span className="font-mono">{complete}</span>}>{button}</Hint> : button
}

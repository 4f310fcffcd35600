'use client'
import { Info } from 'lucide-react'
import { cx } from '#components/ui/class.ts'
import { meaningIcons, meaningInk, meaningNames, meaningOf, meaningShort } from '../modes.ts'
import { useTableContext } from '../table-context.ts'

/** What the audit table says at its 1126 rows. */
export const auditedBlock = "A block that Splunk's audit search lists."

/** Whether the search that lists an EventCode and what the code means disagree. */
export const isAuditedBlock = (detection: string | null, code: number): boolean =>
  detection === 'audit' && code === 1126

/** An EventCode with what it means in a word: `1122 Audit`. */
export const codeText = (code: number): string => `${code} ${meaningNames[meaningOf(code)]}`

/** An EventCode as the icon of what it means; its words are for assistive technology, and the table shows them on hover. */
export function CodeCell({ code }: { code: number }) {
  const { detection } = useTableContext()
  const Icon = meaningIcons[meaningOf(code)]
  return (
    <span className={cx('relative flex h-5 w-fit items-center', meaningInk[meaningOf(code)])}>
      <Icon aria-hidden className="size-4" />
      {isAuditedBlock(detection, code) && (
        <Info aria-hidden className="absolute -top-0.5 -right-1.5 size-2.5 bg-ground text-dim" />
      )}
      <span aria-hidden className="ml-1 sm:hidden">
        {meaningShort[meaningOf(code)]}
      </span>
      <span className="sr-only">
        {codeText(code)}
        {isAuditedBlock(detection, code) && `. ${auditedBlock}`}
      </span>
    </span>
  )
}

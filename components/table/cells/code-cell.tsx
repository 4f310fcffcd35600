'use client'
import { Info } from 'lucide-react'
import { Popover, PopoverPopup } from '#components/ui/popover.tsx'
import { useTableContext } from '../table-context.ts'
import { CodeTag } from './mode-tag.tsx'

/** What the audit table says at its 1126 rows. */
export const auditedBlock = "A block that Splunk's audit search lists."

/** An EventCode in a detection, with a note where the search that lists it and what it means disagree. */
export function CodeCell({ code }: { code: number }) {
  const { detection } = useTableContext()
  if (detection !== 'audit' || code !== 1126) return <CodeTag code={code} />
  return (
    <span className="flex items-center gap-1">
      <CodeTag code={code} />
      <span className="sr-only">{auditedBlock}</span>
      <Popover.Root>
        <Popover.Trigger
          aria-label="Why a block is listed here"
          className="-my-0.5 flex size-6 items-center justify-center rounded-sm hover:bg-line"
        >
          <Info aria-hidden className="size-3.5 text-dim" />
        </Popover.Trigger>
        <PopoverPopup title={auditedBlock} className="w-72">
          Network protection blocked the connection (1126), yet the search asks for this code, so it is listed here as
          it is in Splunk. It is also listed under Block.
        </PopoverPopup>
      </Popover.Root>
    </span>
  )
}

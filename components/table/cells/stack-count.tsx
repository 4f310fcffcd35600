'use client'
import { CirclePlus } from 'lucide-react'
import { Hint } from '#components/ui/hint.tsx'
import type { DetectionRow } from '#lib/model/rows.ts'
import { useTableContext } from '../table-context.ts'
import { Count } from './count.tsx'
import { ShareBar } from './share-bar.tsx'

/** The events of a stack; in complete mode with a mark where Splunk's grouping would drop them. */
export function StackCount({ row }: { row: DetectionRow }) {
  const { screen, most } = useTableContext()
  const { mode } = screen.params
  return (
    <span className="flex items-center justify-end gap-2">
      {mode === 'complete' && row.faithful === 0 && (
        <Hint text="Only here: Splunk's grouping drops these events">
          <span className="relative inline-flex items-center gap-1 text-12 whitespace-nowrap text-dim">
            <CirclePlus aria-hidden className="size-3" />
            only here
          </span>
        </Hint>
      )}
      <Count value={row.count} className="min-w-[3ch] text-right" />
      <ShareBar value={row.count} most={most} />
    </span>
  )
}

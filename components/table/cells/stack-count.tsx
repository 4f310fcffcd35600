'use client'
import { CirclePlus } from 'lucide-react'
import type { DetectionRow } from '#lib/model/rows.ts'
import { useTableContext } from '../table-context.ts'
import { Count } from './count.tsx'

/** What the mark of a stack that only complete mode shows means. */
export const onlyHere = "Only here: Splunk's grouping drops these events"

/** The events of a stack; in complete mode with a mark if Splunk's grouping would drop them. */
export function StackCount({ row }: { row: DetectionRow }) {
  const { screen, most } = useTableContext()
  const { mode } = screen.params
  return (
    <span className="flex items-center justify-end gap-2">
      {mode === 'complete' && row.faithful === 0 && (
        <span className="inline-flex items-center">
          <CirclePlus aria-hidden className="size-3 text-dim" />
          <span className="sr-only">only here</span>
        </span>
      )}
      <Count value={row.count} className="min-w-[3ch] text-right" />
      <ShareBar value={row.count} most={most} />
    </span>
  )
}

/**
 * A hairline under a figure, as long as the figure is great among those of its page, by powers. Rarity is what a hunt is
 * after: the rare end has the ink, the common end fades.
 */
function ShareBar({ value, most }: { value: number; most: number }) {
  if (most <= 1) return null
  // Percents without decimals: engines differ in the last digit of a logarithm, and server and browser must draw the same.
  const share = Math.round((Math.log(value + 1) / Math.log(most + 1)) * 100)
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      className="pointer-events-none absolute max-sm:hidden inset-x-2 bottom-0 h-px w-[calc(100%-16px)]"
    >
      <rect x={100 - share} width={share} height="1" opacity={(100 - share * 0.75) / 100} className="fill-control" />
    </svg>
  )
}

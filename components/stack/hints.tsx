import { TriangleAlert } from 'lucide-react'
import { hintNamesOf } from './words.ts'

/** The hints of a stack in words, with an icon; the tooltip of the table and the panel have their reasons. */
export function Hints({ hints, isMixed }: { hints: readonly string[]; isMixed: boolean }) {
  if (hints.length === 0) return null
  return (
    <span className="flex min-w-0 items-center gap-1 text-12 leading-5">
      <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-audit-ink" />
      <span className="truncate">
        {hintNamesOf(hints)}
        {isMixed && <span className="text-dim"> (not all events)</span>}
      </span>
    </span>
  )
}

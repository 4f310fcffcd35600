import { HardDrive } from 'lucide-react'
import type { Space } from '#lib/model/state.ts'
import { bytesText } from '#lib/text/bytes.ts'

/** Says that there is no space left for uploads, and what to do. */
export function SpaceBanner({ space: { free, ok } }: { space: Space }) {
  if (ok) return null
  return (
    <p role="status" className="flex shrink-0 gap-2 border-b border-line bg-audit-soft px-4 py-1.5 text-13">
      <HardDrive aria-hidden className="mt-0.5 size-4 shrink-0 text-audit-ink" />
      <span>
        The disk of the data folder is full{free === null ? '' : ` (${bytesText(free)} free)`}. Uploads are refused
        until there is space. Free some, or undo uploads that are no longer needed.
      </span>
    </p>
  )
}

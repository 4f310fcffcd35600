import { RefreshCw } from 'lucide-react'
import { RefreshWhile } from '#components/upload/refresh-while.tsx'
import type { Recomputing as Progress } from '#lib/model/state.ts'

/** Says how far stored events have been recomputed after an upgrade, above every screen. */
export function Recomputing({ progress }: { progress: Progress | null }) {
  if (progress === null) return null
  const percent = Math.floor((progress.done / progress.total) * 100)
  return (
    <p className="flex shrink-0 gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-13">
      <RefreshCw aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      <span>
        Updating stored events for this version: <span className="figures">{percent}</span> %. All pages can be used
        meanwhile.
      </span>
      <RefreshWhile active seconds={5} />
    </p>
  )
}

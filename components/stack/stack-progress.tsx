'use client'
import { useRef } from 'react'
import { useLoaded } from '#components/ui/on-demand.tsx'

const loadRegion = () => import('./progress-region.tsx').then((loaded) => loaded.ProgressRegion)
const noMatter = () => {}

/**
 * How far the question of this page is, over the skeleton of its table. It is next to the skeleton and not in it: what is sent as a
 * fallback does not run.
 */
export function StackProgress({ id }: { id: string }) {
  const box = useRef<HTMLDivElement>(null)
  const Region = useLoaded(loadRegion, true, noMatter)
  return (
    <div ref={box} className="relative z-10 hidden h-0 [&:has(~[aria-busy])]:block">
      <noscript>
        <p className="absolute inset-x-4 top-20 mx-auto max-w-md rounded border border-line-strong bg-ground p-4 text-13">
          Counting takes a while, and without JavaScript neither its progress nor its result can be shown here. Reload
          this page when it has been loaded completely.
        </p>
      </noscript>
      {Region !== null && (
        <Region key={id} id={id} isAwaited={() => box.current?.matches(':has(~[aria-busy])') ?? false} />
      )}
    </div>
  )
}

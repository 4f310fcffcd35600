'use client'
import { useEffect, useRef, useState } from 'react'
import { useLoaded } from '#components/ui/on-demand.tsx'
import { leave, left } from './ended-questions.ts'

const loadRegion = () => import('./progress-region.tsx').then((loaded) => loaded.ProgressRegion)
const noMatter = () => {}

/** Milliseconds after which a question that is not answered is slow. */
const patience = 250

/**
 * How far the question of this page is, over the skeleton of its table. It is next to the skeleton and not in it: what is sent as a
 * fallback does not run.
 */
export function StackProgress({ id }: { id: string }) {
  const box = useRef<HTMLDivElement>(null)
  const [slow, setSlow] = useState<string | null>(null)
  const isAwaited = () => box.current?.matches(':has(~[aria-busy])') ?? false
  // biome-ignore lint/correctness/useExhaustiveDependencies: `isAwaited` is about the same page.
  useEffect(() => {
    if (left.has(id)) return window.location.reload()
    const address = window.location.href
    let isEarly = true
    const timer = setTimeout(() => {
      isEarly = false
      if (isAwaited()) setSlow(id)
    }, patience)
    return () => {
      clearTimeout(timer)
      if (isEarly && window.location.href !== address) leave(id)
    }
  }, [id])
  const Region = useLoaded(loadRegion, slow !== null, noMatter)
  return (
    <div ref={box} className="relative z-10 hidden h-0 [&:has(~[aria-busy])]:block">
      <noscript>
        <p className="absolute inset-x-4 top-20 mx-auto max-w-md rounded border border-line-strong bg-ground p-4 text-13">
          Counting takes a while, and without JavaScript neither its progress nor its result can be shown here. Reload
          this page when it has been loaded completely.
        </p>
      </noscript>
      {Region !== null && slow === id && <Region key={id} id={id} isAwaited={isAwaited} />}
    </div>
  )
}

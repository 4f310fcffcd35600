'use client'
import { X } from 'lucide-react'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import type { Progress } from '#lib/model/progress.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { countAgain } from './ended-questions.ts'
import { useProgress } from './use-progress.ts'

/** What is being done, and what of which its numbers are. */
const steps: Record<Progress['doing'], { words: string; one: string }> = {
  start: { words: 'Starting', one: 'step' },
  stacks: { words: 'Reading stacks', one: 'stack' },
  events: { words: 'Reading events', one: 'event' },
  filter: { words: 'Looking up the filters', one: 'fitting event' },
  forms: { words: 'Normalising paths and command lines', one: 'text' },
  hints: { words: 'Looking for hints', one: 'text' },
  counting: { words: 'Counting', one: 'row' },
}

function figuresOf({ doing, done, total }: Progress): string {
  const { one } = steps[doing]
  if (total !== null) return `${countText(Math.min(done, total))} of ${countOf(total, one)}`
  return done === 0 ? '' : `${countOf(done, one)} so far`
}

/**
 * How far a question is, with a button that ends it on the server. Nothing until that is known, and when it is answered. `isAwaited`:
 * whether its answer is not on screen yet.
 */
export function ProgressRegion({ id, isAwaited }: { id: string; isAwaited: () => boolean }) {
  const progress = useProgress(id, isAwaited)
  const [isEnding, setEnding] = useState(false)
  if (progress === null) return null
  const { doing, done, total, isWaiting } = progress
  const share = total === null || total === 0 ? null : Math.min(100, (done / total) * 100)
  const { words } = steps[doing]
  const figures = figuresOf(progress)

  async function cancel() {
    setEnding(true)
    const answer = await fetch(apiPaths.progress(id), { method: 'DELETE' }).catch(() => null)
    // 404: it is answered.
    if (answer?.ok || answer?.status === 404) {
      // The button that has the focus goes with the skeleton.
      const timer = setInterval(() => {
        if (isAwaited()) return
        clearInterval(timer)
        document.getElementById(countAgain)?.focus()
      }, 100)
      return
    }
    setEnding(false)
    announce('The question could not be cancelled: the server did not answer.')
  }

  return (
    <section
      aria-label="Progress"
      className="absolute inset-x-4 top-20 mx-auto flex max-w-sm flex-col gap-2 rounded border border-line-strong bg-ground p-4 text-13 shadow-lg"
    >
      <p className="font-medium">{isEnding ? 'Cancelling' : words}</p>
      <div
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : Math.min(done, total)}
        aria-valuetext={figures === '' ? undefined : figures}
      >
        <svg aria-hidden width="100%" height={8} className="block overflow-hidden rounded-sm">
          <rect width="100%" height={8} fill="var(--line)" />
          <rect width={`${share ?? 100}%`} height={8} fill={share === null ? 'var(--line-strong)' : 'var(--accent)'} />
        </svg>
      </div>
      <div className="flex min-h-7 items-center justify-between gap-4">
        <p className="text-12 text-dim">
          <span className="figures">{figures}</span>
          {isWaiting && <span className="block">of another question, which goes first</span>}
        </p>
        <Button onClick={cancel} disabled={isEnding}>
          <X aria-hidden />
          Cancel
        </Button>
      </div>
    </section>
  )
}

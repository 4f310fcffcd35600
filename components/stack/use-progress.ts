'use client'
import { useEffect, useState } from 'react'
import type { Progress } from '#lib/model/progress.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { leave } from './ended-questions.ts'

/** Milliseconds from each answer to the next question. */
const next = 400

/**
 * Returns how far a question is; null until that is known, and when it is answered. If its page is left before, the question is ended.
 */
export function useProgress(id: string, isAwaited: () => boolean): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `isAwaited` is about the same page.
  useEffect(() => {
    const stop = new AbortController()
    const address = window.location.href
    let isOpen = true
    function end(): void {
      isOpen = false
      setProgress(null)
    }
    async function ask(): Promise<void> {
      if (!isAwaited()) return end()
      const answer = await fetch(apiPaths.progress(id), { signal: stop.signal }).catch(() => null)
      if (answer?.status === 404) {
        // A body that nobody reads keeps its request open.
        await answer.body?.cancel()
        return end()
      }
      // What the server could not say now is asked again.
      if (answer?.ok) setProgress((await import('./read-answers.ts')).readProgress(await answer.text()))
      if (!stop.signal.aborted) timer = setTimeout(ask, next)
    }
    let timer = setTimeout(ask)
    return () => {
      stop.abort()
      clearTimeout(timer)
      if (isOpen && window.location.href !== address) leave(id)
    }
  }, [id])
  return progress
}

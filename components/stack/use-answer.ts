'use client'
import { useEffect, useState } from 'react'

type Readers = typeof import('./read-answers.ts')

/** What is known of an answer: `missing` if there is nothing of that name. */
export type Answer<Data> =
  | { state: 'waiting' }
  | { state: 'missing' }
  | { state: 'failed'; message: string }
  | { state: 'here'; data: Data }

/** Milliseconds after which a stack counts as looked at. */
const settled = 120

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })

const unreachable = 'The server could not be asked. Open the stack again to retry.'

/** Asks the API, and again whenever the address changes. `read` says which of the readers makes sense of the text. */
export function useAnswer<Data>(href: string, read: (readers: Readers) => (text: string) => Data): Answer<Data> {
  const [answer, setAnswer] = useState<{ of: string; is: Answer<Data> }>({ of: href, is: { state: 'waiting' } })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is the same whatever the address.
  useEffect(() => {
    const stop = new AbortController()
    const set = (is: Answer<Data>) => setAnswer({ of: href, is })
    // Whoever walks through stacks quickly asks about none of those that are passed.
    wait(settled, stop.signal)
      .then(() => fetch(href, { signal: stop.signal }))
      .then(async (response) => {
        const text = await response.text()
        if (response.status === 404) return set({ state: 'missing' })
        if (!response.ok) return set({ state: 'failed', message: unreachable })
        set({ state: 'here', data: read(await import('./read-answers.ts'))(text) })
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return
        const isOdd = error instanceof Error && error.name === 'UnexpectedAnswer'
        set({ state: 'failed', message: isOdd ? error.message : unreachable })
      })
    return () => stop.abort()
  }, [href])
  return answer.of === href ? answer.is : { state: 'waiting' }
}

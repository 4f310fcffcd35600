import type { Step } from '#lib/model/progress.ts'
import type { Asking } from '../asking.ts'

const start: Step = { doing: 'start', done: 0, total: null }

/** Says to those who ask about stacks how far the process is: with their own question, or with the one that goes first. */
export function openStackProgress() {
  const followers = new Set<{ report: NonNullable<Asking['report']>; isWaiting: boolean }>()
  let step = start
  function hear(next: Step): void {
    step = next
    for (const { report, isWaiting } of followers) report({ ...step, isWaiting })
  }

  return {
    /** Call with what the process does. */
    hear,
    /** Follows a question, which waits until `begin` is called. */
    follow: ({ report = () => {} }: Asking) => {
      const follower = { report, isWaiting: true }
      followers.add(follower)
      report({ ...step, isWaiting: true })
      return {
        begin: (): void => {
          follower.isWaiting = false
          hear(start)
        },
        end: (): void => {
          // What it did is not what the next one waits for.
          if (followers.delete(follower) && !follower.isWaiting) step = start
        },
      }
    },
  }
}

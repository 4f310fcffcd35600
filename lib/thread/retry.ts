import { setTimeout as wait } from 'node:timers/promises'
import { log } from '#lib/log/log.ts'

/** Milliseconds before the second attempt; each further pause is twice as long, up to the longest. */
const firstPause = 1000
const longestPause = 60_000

/**
 * Repeats `work` until it succeeds, with longer and longer pauses. Each failure is logged as a warning. A pause does not
 * keep the process alive.
 */
export async function retryUntilDone(
  what: string,
  work: () => Promise<unknown>,
  pause = (ms: number): Promise<unknown> => wait(ms, undefined, { ref: false }),
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      if (attempt > 1) log.info(`${what} succeeded.`, { attempt })
      return
    } catch (error) {
      const ms = Math.min(firstPause * 2 ** (attempt - 1), longestPause)
      log.warn(`${what} failed. It is tried again in ${ms / 1000} s.`, { attempt, error })
      await pause(ms)
    }
  }
}

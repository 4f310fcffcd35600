import type { Asking } from '../asking.ts'
import { ClientLeft, TooSlow } from '../read-errors.ts'
import type { ReadChild } from './read-child.ts'

/** A process that works for one question or stream, until it is released. */
export type Lease = {
  /** Makes a call. @throws TooSlow, ClientLeft, or the error of the call. */
  ask<Result>(call: (calls: ReadChild['calls']) => Promise<Result>): Promise<Result>
  /** Ends the process and frees its place; what is asked of it now or later fails with the error. */
  stop(error: Error): void
  release(): void
}

/** Leases a process to one question or stream of a client; `give` is called with the process when it is released. */
export function openLease(
  child: ReadChild,
  asking: Asking,
  times: { deadline: number; grace: number },
  give: (child: ReadChild) => void,
): Lease {
  let stopped: Error | null = null
  let leaving: NodeJS.Timeout | undefined
  const stop = (error: Error): void => {
    stopped ??= error
    void child.kill()
    release()
  }
  const release = (): void => {
    clearTimeout(leaving)
    asking.signal.removeEventListener('abort', leave)
    give(child)
  }
  const leave = (): void => {
    leaving = setTimeout(stop, times.grace, new ClientLeft())
  }
  asking.signal.addEventListener('abort', leave, { once: true })
  if (asking.signal.aborted) leave()
  return {
    ask: async (call) => {
      // How long a process takes to start says nothing of the question.
      await child.ready
      if (stopped !== null) throw stopped
      const timer = setTimeout(() => stop(new TooSlow(times.deadline / 1000)), times.deadline)
      try {
        return await call(child.calls)
      } catch (error) {
        throw stopped ?? error
      } finally {
        clearTimeout(timer)
      }
    },
    stop,
    release,
  }
}

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

type Times = {
  deadline: number
  grace: number
  /** Milliseconds that a process has to give up a question by itself, so that it need not be ended. If it is left out, it is ended. */
  patience?: number
}

/** Leases a process to one question or stream of a client; `give` is called with the process when it is released. */
export function openLease(child: ReadChild, asking: Asking, times: Times, give: (child: ReadChild) => void): Lease {
  let stopped: Error | null = null
  const timers = new Set<NodeJS.Timeout>()
  const after = (milliseconds: number, work: () => void): NodeJS.Timeout => {
    const timer = setTimeout(work, milliseconds)
    timers.add(timer)
    return timer
  }
  const stop = (error: Error): void => {
    stopped ??= error
    void child.kill()
    release()
  }
  /** Asks the process to give up what it does, and ends it if it does not. */
  const giveUp = (error: Error): void => {
    if (times.patience === undefined) {
      stop(error)
      return
    }
    stopped ??= error
    void child.calls.call('cancelStacks').catch(() => {})
    after(times.patience, () => stop(error))
  }
  const release = (): void => {
    for (const timer of timers) clearTimeout(timer)
    asking.signal.removeEventListener('abort', leave)
    give(child)
  }
  const leave = (): void => void after(times.grace, () => giveUp(new ClientLeft()))
  asking.signal.addEventListener('abort', leave, { once: true })
  if (asking.signal.aborted) leave()
  return {
    ask: async (call) => {
      // How long a process takes to start says nothing of the question.
      await child.ready
      if (stopped !== null) throw stopped
      const timer = after(times.deadline, () => giveUp(new TooSlow(times.deadline / 1000)))
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

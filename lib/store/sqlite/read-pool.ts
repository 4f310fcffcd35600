import type { Asking } from '../asking.ts'
import { Busy, ClientLeft } from '../read-errors.ts'
import { type Lease, openLease } from './lease.ts'
import type { ReadChild } from './read-child.ts'

export type PoolLimits = {
  /** Processes at most, and how many stay when they have nothing to do. */
  size: number
  keep: number
  /** Questions that may wait, in all and of one client. */
  waiting: number
  perClient: number
}

export type Times = {
  /** Milliseconds that a question may take. It may wait as long, and the grace. */
  deadline: number
  /** Milliseconds that a question may still take after its client has left: most end sooner than a process starts. */
  grace: number
  /** Milliseconds for which nobody may take rows of a stream, and for which if others wait. */
  idle: number
  idleIfAwaited: number
  /** Milliseconds that a process has to give up a question by itself. If it is left out, it is ended at once. */
  patience?: number
}

type Waiting = { client: string; go: () => void; fail: (error: Error) => void }

export type ReadPool = ReturnType<typeof openReadPool>

/**
 * Processes that answer questions side by side, each one at a time. One whose question takes too long, or whose client has
 * left, is killed, unless it has time to give up and does; the next question starts another.
 */
export function openReadPool(start: (index: number) => ReadChild, limits: PoolLimits, times: Times) {
  const idle: ReadChild[] = []
  const running = new Map<ReadChild, string>()
  let line: Waiting[] = []
  let started = 0
  let isClosed = false

  const openOf = (client: string): number => [...running.values()].filter((each) => each === client).length

  function take(client: string): ReadChild {
    while (idle.at(-1)?.isEnding()) idle.pop()
    const child = idle.pop() ?? start(++started)
    running.set(child, client)
    return child
  }

  /** Lets those who wait go on, the client with the fewest open questions first. */
  function serveNext(): void {
    while (line.length > 0 && running.size < limits.size) {
      const open = new Map(line.map(({ client }) => [client, openOf(client)]))
      const next = line.reduce((best, each) =>
        (open.get(each.client) ?? 0) < (open.get(best.client) ?? 0) ? each : best,
      )
      line = line.filter((each) => each !== next)
      next.go()
    }
  }

  function give(child: ReadChild): void {
    if (!running.delete(child)) return
    if (!child.isEnding()) {
      if (idle.length < limits.keep && !isClosed) idle.push(child)
      else void child.kill()
    }
    serveNext()
  }

  /** Resolves with a process when there is one free. @throws Busy or ClientLeft. */
  function turn({ client, signal }: Asking): Promise<ReadChild> {
    if (isClosed) throw new Error('The store is closed.')
    if (signal.aborted) throw new ClientLeft()
    if (line.length === 0 && running.size < limits.size) return Promise.resolve(take(client))
    if (line.length >= limits.waiting || line.filter((each) => each.client === client).length >= limits.perClient)
      throw new Busy()
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', leave)
      }
      const entry: Waiting = {
        client,
        go: () => {
          end()
          resolve(take(client))
        },
        fail: (error) => {
          end()
          line = line.filter((each) => each !== entry)
          reject(error)
        },
      }
      const leave = () => entry.fail(new ClientLeft())
      // What is stopped at its deadline lets others go, so a question of the same page gets that error, and not that it waited.
      const timer = setTimeout(() => entry.fail(new Busy()), times.deadline + times.grace)
      signal.addEventListener('abort', leave, { once: true })
      line.push(entry)
    })
  }

  /** Waits for a process and takes it for one question or stream of a client. @throws Busy or ClientLeft. */
  const lease = async (asking: Asking): Promise<Lease> => openLease(await turn(asking), asking, times, give)

  return {
    lease,
    isAwaited: (): boolean => line.length > 0,
    /** Fails what waits and ends every process. */
    close: async (): Promise<void> => {
      isClosed = true
      for (const each of line) each.fail(new Error('The store is closed.'))
      await Promise.all([...idle, ...running.keys()].map((child) => child.kill()))
    },
  }
}

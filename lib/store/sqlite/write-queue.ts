import type { openCalls } from './calls.ts'
import { openJobs } from './jobs.ts'
import { type Grouped, openGroups, type Wait } from './write-group.ts'

/**
 * `events`: how many events a call stores. `wait`: how long it may wait for its commit; a function is asked when its turn has
 * come, since calls before it may change the answer.
 */
type CallOptions = { events?: number; wait?: Wait | (() => Wait) }
type Call = CallOptions & { run: () => unknown; resolve: (result: unknown) => void; reject: (error: unknown) => void }

const sooner = (a: Wait, b: Wait): Wait => (a === 'urgent' || b === 'bulk' ? a : b)

/**
 * Runs calls one after the other and commits several together when they come faster than commits are cheap: each is
 * still all or nothing, and resolves only after its commit. Long jobs get a slice when no call is waiting, and at least
 * one a second. `failed` is called with the reason when a slice fails, and with the milliseconds until it is tried again.
 */
export function openWriteQueue(
  opened: Grouped & Pick<ReturnType<typeof openCalls>, 'isHalfWritten' | 'jobs'>,
  failed: (error: Error, pause: number) => void,
) {
  const { db, isHalfWritten } = opened
  const { explain } = opened.storage
  const jobs = openJobs(opened.jobs, failed)
  const groups = openGroups(opened)
  const waiting: Call[] = []
  let idle: (() => void)[] = []
  let isRunning = false
  let isClosing = false
  let timer: NodeJS.Timeout | null = null

  /** Runs one call in a savepoint of its own, so that what fails leaves the others of its group as they are. */
  function runCall({ run, events = 0, wait = 'soon', resolve, reject }: Call): void {
    let group: ReturnType<typeof groups.open>
    try {
      group = groups.open()
      db.exec('SAVEPOINT call')
    } catch (error) {
      reject(error)
      return
    }
    try {
      const due = typeof wait === 'function' ? wait() : wait
      const result = run()
      db.exec('RELEASE call')
      group.events += events
      group.wait = sooner(due, group.wait)
      group.done.push(() => resolve(result))
      group.failed.push(reject)
    } catch (error) {
      const isOwnFailure = db.inTransaction && !isHalfWritten()
      if (isOwnFailure) db.exec('ROLLBACK TO call; RELEASE call')
      const reason = explain(error)
      reject(reason)
      // It failed after some of it was counted, or SQLite rolled back by itself, as it does when the disk is full.
      if (!isOwnFailure) groups.lose(reason)
    }
  }

  /** A slice of a job in a transaction of its own. */
  function runSlice(): void {
    groups.commit()
    jobs.run((slice) => {
      try {
        groups.open()
        slice()
      } catch (error) {
        groups.lose(error)
        throw explain(error)
      }
      const error = groups.commit()
      if (error !== null) throw error
    })
  }

  /** Does one thing; false if there is nothing to do. */
  function step(): boolean {
    if (jobs.isDue()) runSlice()
    const call = waiting.shift()
    if (call !== undefined) {
      runCall(call)
      if (groups.isFull()) groups.commit()
      return true
    }
    if (groups.isOpen()) {
      const ms = isClosing ? 0 : groups.rest()
      if (ms <= 0) groups.commit()
      else timer = setTimeout(run, ms)
      return true
    }
    if (!jobs.isReady()) return false
    runSlice()
    return true
  }

  function run(): void {
    timer = null
    if (step()) {
      if (timer === null) setImmediate(run)
      return
    }
    isRunning = false
    const woken = idle
    idle = []
    for (const wake of woken) wake()
    const ms = jobs.untilRetry()
    if (ms !== null) setTimeout(start, ms).unref()
  }

  function start(): void {
    if (timer !== null) clearTimeout(timer)
    if (isRunning && timer === null) return
    timer = null
    isRunning = true
    setImmediate(run)
  }

  return {
    /** Runs a call; resolves with its result after the commit. @throws if the queue is being stopped. */
    call: <Result>(work: () => Result, options: CallOptions = {}): Promise<Result> =>
      new Promise((resolve, reject) => {
        if (isClosing) return reject(new Error('The store is being closed.'))
        waiting.push({ ...options, run: work, resolve: resolve as (result: unknown) => void, reject })
        start()
      }),
    /** Resolves after the next slice of a job is committed, or at once if none is pending. @throws why the slice failed. */
    afterSlice: (): Promise<void> => {
      const slice = jobs.afterSlice()
      start()
      return slice
    },
    /** Tries jobs that failed again. */
    retry: (): void => {
      jobs.retry()
      start()
    },
    /** Starts the jobs that are pending. */
    start,
    /** Runs the calls that wait and resolves; jobs get no further slice. */
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        jobs.close()
        isClosing = true
        idle.push(resolve)
        start()
      }),
  }
}

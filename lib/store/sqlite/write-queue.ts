import { openJobs } from './jobs.ts'
import type { openStorage } from './storage.ts'
import type { openCalls } from './writer.ts'

/** Events in one transaction at most; more begin a new one. */
const groupEvents = 131_072
/** A group of calls is committed after this many milliseconds at the latest. */
const longestGroup = 2000
/** A group that nobody waits for, as the batches of a large log, is committed after this many milliseconds. */
const longestBulk = 15_000
/** A group with this many events shows that a lot is being stored: the next one is gathered for as long as it may take. */
const busyGroup = 4096
/** Commits may take this share of the time: after a costly one, more calls are gathered for the next. */
const commitShare = 0.1
/** A group of so few calls shows that nobody else is sending: what one sender waits for is committed at once. */
const fewCalls = 4

/** How long a call may wait for others that share its commit: not at all, a moment, or as long as its events are many. */
export type Wait = 'urgent' | 'soon' | 'bulk'
/** `events`: how many events a call stores. */
type CallOptions = { events?: number; wait?: Wait }
type Call = CallOptions & { run: () => unknown; resolve: (result: unknown) => void; reject: (error: unknown) => void }
type Storage = ReturnType<typeof openStorage>
type Group = { opened: number; events: number; wait: Wait; done: (() => void)[]; failed: ((error: unknown) => void)[] }

const sooner = (a: Wait, b: Wait): Wait => (a === 'urgent' || b === 'bulk' ? a : b)

/**
 * Runs calls one after the other and commits several together when they come faster than commits are cheap: each is
 * still all or nothing, and resolves only after its commit. Long jobs get a slice when no call is waiting, and at least
 * one a second. `failed` is called with the reason when a slice fails, and with the milliseconds until it is tried again.
 */
export function openWriteQueue(
  opened: Pick<
    ReturnType<typeof openCalls>,
    'db' | 'begin' | 'settle' | 'confirm' | 'isHalfWritten' | 'forget' | 'jobs'
  > & { storage: Pick<Storage, 'explain' | 'isTight'> },
  failed: (error: Error, pause: number) => void,
) {
  const { db, begin, settle, confirm, isHalfWritten, forget } = opened
  const { explain, isTight } = opened.storage
  const jobs = openJobs(opened.jobs, failed)
  const waiting: Call[] = []
  let idle: (() => void)[] = []
  let group: Group | null = null
  /** Times before which a group is not committed: one for calls that somebody waits for, one for bulk calls. */
  let next = { soon: 0, bulk: 0 }
  let isRunning = false
  let isClosing = false
  let timer: NodeJS.Timeout | null = null

  function rollBack(): void {
    if (db.inTransaction) db.exec('ROLLBACK')
    forget()
  }

  function open(): Group {
    if (group !== null) return group
    try {
      db.exec('BEGIN IMMEDIATE')
      begin()
    } catch (error) {
      rollBack()
      throw explain(error)
    }
    group = { opened: Date.now(), events: 0, wait: 'bulk', done: [], failed: [] }
    return group
  }

  /** Commits the group, if there is one; returns why it could not be, after telling its calls. */
  function commit(): Error | null {
    const committed = group
    if (committed === null) return null
    group = null
    const started = Date.now()
    try {
      settle()
      db.exec('COMMIT')
      confirm()
    } catch (error) {
      rollBack()
      const reason = explain(error)
      for (const fail of committed.failed) fail(reason)
      return reason as Error
    }
    const now = Date.now()
    const isAlone = committed.done.length <= fewCalls
    const cost = isAlone ? 0 : Math.min((now - started) / commitShare, longestGroup)
    const isBusy = committed.events >= busyGroup
    next = { soon: now + (isBusy ? longestGroup : cost), bulk: now + (isBusy ? longestBulk : cost) }
    for (const done of committed.done) done()
    return null
  }

  /** Runs one call in a savepoint of its own, so that what fails leaves the others of its group as they are. */
  function runCall({ run, events = 0, wait = 'soon', resolve, reject }: Call): void {
    let of: Group
    try {
      of = open()
      db.exec('SAVEPOINT call')
    } catch (error) {
      reject(error)
      return
    }
    try {
      const result = run()
      db.exec('RELEASE call')
      of.events += events
      of.wait = sooner(wait, of.wait)
      of.done.push(() => resolve(result))
      of.failed.push(reject)
    } catch (error) {
      const isOwnFailure = db.inTransaction && !isHalfWritten()
      if (isOwnFailure) db.exec('ROLLBACK TO call; RELEASE call')
      const reason = explain(error)
      reject(reason)
      if (!isOwnFailure) loseGroup(of, reason)
    }
  }

  /** A batch failed after some of it was counted, or SQLite rolled back by itself, as it does when the disk is full. */
  function loseGroup(of: Group, error: unknown): void {
    group = null
    rollBack()
    for (const fail of of.failed) fail(error)
  }

  /** A slice of a job in a transaction of its own. */
  function runSlice(): void {
    commit()
    jobs.run((slice) => {
      try {
        open()
        slice()
      } catch (error) {
        group = null
        rollBack()
        throw explain(error)
      }
      const error = commit()
      if (error !== null) throw error
    })
  }

  const isFull = ({ events, opened, wait }: Group): boolean =>
    events >= (isTight() ? 1 : groupEvents) || Date.now() - opened >= (wait === 'bulk' ? longestBulk : longestGroup)
  /** Milliseconds that a group may still wait for further calls. */
  const rest = ({ wait }: Group): number => (wait === 'urgent' || isClosing ? 0 : next[wait] - Date.now())

  /** Does one thing; false if there is nothing to do. */
  function step(): boolean {
    if (jobs.isDue()) runSlice()
    const call = waiting.shift()
    if (call !== undefined) {
      runCall(call)
      if (group !== null && isFull(group)) commit()
      return true
    }
    if (group !== null) {
      const ms = rest(group)
      if (ms <= 0) commit()
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

/**
 * Long work that is done in slices. Each `slice` must run inside a transaction. While `isUnderWay`, what the next one needs is being
 * done elsewhere.
 */
export type Job = { isPending(): boolean; isUnderWay?(): boolean; slice(): void }

/** A pending job gets a slice after this many milliseconds at the latest, however many calls wait. */
const longestPause = 1000
/** A job that failed is tried again after this many milliseconds, then after twice as many, up to the longest. */
const retry = { first: 1000, longest: 60_000 }

type Failure = { error: Error; again: number; pause: number }
type Waiter = { resolve: () => void; reject: (error: unknown) => void }

/** Chooses which job gets the next slice. The first that is pending goes first; one that failed is tried again later. */
export function openJobs(jobs: Job[], failed: (error: Error, pause: number) => void) {
  const failures = new Map<Job, Failure>()
  const unknown = new Set<Job>()
  let waiters: Waiter[] = []
  let lastSlice = 0
  let isClosed = false

  /** A damaged database may not even say what is pending. That stops the jobs, not the calls. */
  function isPending(job: Job): boolean {
    try {
      return job.isPending()
    } catch (error) {
      if (!unknown.has(job)) failed(error as Error, retry.longest)
      unknown.add(job)
      return false
    }
  }
  const pending = (): Job | undefined => (isClosed ? undefined : jobs.find(isPending))
  const ready = (): Job | undefined =>
    isClosed
      ? undefined
      : jobs.find(
          (job) => (failures.get(job)?.again ?? 0) <= Date.now() && job.isUnderWay?.() !== true && isPending(job),
        )

  function settle(each: (waiter: Waiter) => void): void {
    const settled = waiters
    waiters = []
    settled.forEach(each)
  }

  return {
    /** Whether a job should get a slice before the calls that wait. */
    isDue: (): boolean => Date.now() - lastSlice >= longestPause && ready() !== undefined,
    isReady: (): boolean => ready() !== undefined,
    /** Runs one slice of the first job that is ready by `transact`, which throws if it could not be committed. */
    run: (transact: (slice: () => void) => void): void => {
      const job = ready()
      lastSlice = Date.now()
      if (job === undefined) return
      try {
        transact(job.slice)
        failures.delete(job)
        settle(({ resolve }) => resolve())
      } catch (error) {
        const pause = Math.min((failures.get(job)?.pause ?? retry.first / 2) * 2, retry.longest)
        failures.set(job, { error: error as Error, again: Date.now() + pause, pause })
        failed(error as Error, pause)
        settle(({ reject }) => reject(error))
      }
      lastSlice = Date.now()
    },
    /** Resolves after the next slice is committed, or at once if no job is pending. @throws why it will not be. */
    afterSlice: (): Promise<void> => {
      if (isClosed) return Promise.reject(new Error('The store is being closed.'))
      const job = pending()
      if (job === undefined) return Promise.resolve()
      const failure = failures.get(job)
      if (failure !== undefined && failure.again > Date.now()) return Promise.reject(failure.error)
      return new Promise((resolve, reject) => waiters.push({ resolve, reject }))
    },
    /** Milliseconds until a job that failed is tried again; null if none is to be. */
    untilRetry: (): number | null => {
      const again = [...failures].filter(([job]) => !isClosed && isPending(job)).map(([, failure]) => failure.again)
      return again.length === 0 ? null : Math.max(Math.min(...again) - Date.now(), 0)
    },
    /** Tries jobs that failed again with the next slice. */
    retry: (): void => failures.clear(),
    /** Gives no further slices: what is pending is left to the next start. */
    close: (): void => {
      isClosed = true
      settle(({ reject }) => reject(new Error('The store is being closed.')))
    },
  }
}

import { maxSilence, minClockJump, nearby } from './limits.ts'

/** EventRecordIDs that follow one another without a break, with the times of the first and the last of them. */
export type Run = { firstId: number; lastId: number; firstTime: number; lastTime: number }

/** Whether a record may follow another without a break: the clock was not set back, and no more than `most` is between them. */
const follows = (before: number, after: number, most: number): boolean =>
  after - before <= most && before - after < minClockJump

/**
 * Adds a record to a run at either end, in whichever order a log is written; false if it does not surely belong there:
 * in a log in no order, the next id may be one of another life of the log.
 */
export function extend(run: Run, id: number, time: number): boolean {
  if (id === run.lastId + 1 && follows(run.lastTime, time, nearby)) {
    run.lastId = id
    run.lastTime = time
    return true
  }
  if (id === run.firstId - 1 && follows(time, run.firstTime, nearby)) {
    run.firstId = id
    run.firstTime = time
    return true
  }
  return false
}

const isSameSecond = (a: number, b: number): boolean => Math.floor(a / 1000) === Math.floor(b / 1000)

/** Whether a run that overlaps another in ids can be of the same records, logged at the same times. */
function isRepeat(run: Run, next: Run): boolean {
  if (next.firstId === run.firstId && !isSameSecond(next.firstTime, run.firstTime)) return false
  if (next.lastId === run.lastId && !isSameSecond(next.lastTime, run.lastTime)) return false
  if (next.firstTime < run.firstTime - minClockJump || next.firstTime > run.lastTime) return false
  return next.lastId <= run.lastId ? next.lastTime <= run.lastTime : next.lastTime >= run.lastTime - minClockJump
}

const lastOf = (chain: readonly Run[]): Run => chain.at(-1) as Run

const joins = (last: Run, run: Run): boolean =>
  run.firstId === last.lastId + 1 && follows(last.lastTime, run.firstTime, maxSilence)

/** Puts a run at the end of a chain, or into its last run if it repeats or continues that. */
function put(chain: Run[], run: Run): void {
  const last = lastOf(chain)
  if (run.firstId > last.lastId && !joins(last, run)) chain.push({ ...run })
  else if (run.lastId > last.lastId) {
    last.lastId = run.lastId
    last.lastTime = run.lastTime
  }
}

/** The chain that a run goes on: one it repeats, else the one whose next id it has, else the latest before it. */
function chainOf(chains: readonly Run[][], run: Run): Run[] | undefined {
  const before = (chain: Run[]): boolean => {
    const last = lastOf(chain)
    return run.firstId > last.lastId && run.firstTime > last.lastTime - minClockJump
  }
  const repeated = chains.find((chain) => run.firstId <= lastOf(chain).lastId && isRepeat(lastOf(chain), run))
  if (repeated) return repeated
  let best: Run[] | undefined
  for (const chain of chains) {
    if (before(chain) && (!best || rank(chain, run) > rank(best, run))) best = chain
  }
  return best
}

/** The later a chain ends the better, and better still if by the id just before that of the run. */
const rank = (chain: Run[], run: Run): number =>
  lastOf(chain).lastTime + (run.firstId === lastOf(chain).lastId + 1 ? afterAll : 0)

/** More than is between any two times that a log can have. */
const afterAll = 1e15

/**
 * Puts runs in the order in which they were logged, whatever the order of the file: each chain is one life of the log, or
 * one setting of its clock, in which ids and times both go up. Null if there would be more than `most` chains.
 */
export function chainsOf(runs: readonly Run[], most: number): Run[][] | null {
  const chains: Run[][] = []
  for (const run of [...runs].sort((a, b) => a.firstId - b.firstId || a.firstTime - b.firstTime)) {
    const chain = chainOf(chains, run)
    if (chain) put(chain, run)
    else if (chains.push([{ ...run }]) > most) return null
  }
  return chains
}

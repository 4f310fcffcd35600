import { chainsOf, type Run } from './chains.ts'
import { limits, minClockJump } from './limits.ts'

/** Of two logs of one dest: records in both, in one only, and records missing in a gap of one that the other has. */
export type Overlap = { both: number; onlyA: number; onlyB: number; filledA: number; filledB: number }

const lengthOf = ({ firstId, lastId }: Run): number => lastId - firstId + 1
const sum = (runs: readonly Run[]): number => runs.reduce((total, run) => total + lengthOf(run), 0)

/** Whether a time is one that a run may have. */
const isWithin = (time: number, { firstTime, lastTime }: Run): boolean =>
  time > firstTime - minClockJump && time < lastTime + minClockJump

/** Whether two runs with ids in common are of one life of the log: the ends of each are where the other says they are. */
function isOfOneLife(a: Run, b: Run): boolean {
  const [lateStart, startAround] = a.firstId > b.firstId ? [a, b] : [b, a]
  const [earlyEnd, endAround] = a.lastId < b.lastId ? [a, b] : [b, a]
  return isWithin(lateStart.firstTime, startAround) && isWithin(earlyEnd.lastTime, endAround)
}

/** How many records two lists of runs, in the order of their ids, have in common. */
function common(a: readonly Run[], b: readonly Run[]): number {
  let both = 0
  for (const run of a) {
    for (const other of b) {
      if (other.firstId > run.lastId) break
      const length = Math.min(run.lastId, other.lastId) - Math.max(run.firstId, other.firstId) + 1
      if (length > 0 && isOfOneLife(run, other)) both += length
    }
  }
  return both
}

const byId = (runs: Run[]): Run[] => runs.sort((a, b) => a.firstId - b.firstId)

/** The ids that are missing between the runs of each chain, with the times between which they were logged. */
const gapsOf = (chains: readonly Run[][]): Run[] =>
  chains.flatMap((chain) =>
    chain.slice(1).flatMap((after, index) => {
      const before = chain[index] as Run
      const gap = { firstId: before.lastId + 1, lastId: after.firstId - 1 }
      return gap.lastId < gap.firstId ? [] : [{ ...gap, firstTime: before.lastTime, lastTime: after.firstTime }]
    }),
  )

/** More runs of one dest are not compared with one another. */
const mostRuns = 5000

/** Compares two logs of one dest by the stretches that each has; null if they are too many or in too many orders. */
export function overlapOf(stretchesA: readonly Run[], stretchesB: readonly Run[]): Overlap | null {
  const [chainsA, chainsB] = [stretchesA, stretchesB].map((each) => chainsOf(each, limits.chains))
  if (!chainsA || !chainsB) return null
  const [a, b] = [byId(chainsA.flat()), byId(chainsB.flat())]
  if (Math.max(a.length, b.length) > mostRuns) return null
  const both = common(a, b)
  return {
    both,
    onlyA: sum(a) - both,
    onlyB: sum(b) - both,
    filledA: common(byId(gapsOf(chainsA)), b),
    filledB: common(byId(gapsOf(chainsB)), a),
  }
}

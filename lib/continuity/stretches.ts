import type { Stretch } from '#lib/model/continuity.ts'
import { chainsOf, type Run } from './chains.ts'
import { limits, minClockJump } from './limits.ts'

type Link = Pick<Stretch, 'after' | 'missing'>

const firstOf = (chain: Run[]): Run => chain[0] as Run
const lastOf = (chain: Run[]): Run => chain.at(-1) as Run

/** Whether the later of two chains was logged first: its ids lead up to the other's, which the clock was set back for. */
function isSetBack(chain: Run[], later: Run[]): boolean {
  const between = firstOf(chain).firstId - lastOf(later).lastId
  return between === 1 || (between > 1 && firstOf(later).firstTime < lastOf(chain).lastTime)
}

/** Chains in the order in which they were logged. */
function inOrder(chains: Run[][]): Run[][] {
  const order = chains.sort(
    (a, b) => firstOf(a).firstTime - firstOf(b).firstTime || firstOf(a).firstId - firstOf(b).firstId,
  )
  for (let i = 1; i < order.length; i++) {
    const [chain, later] = [order[i - 1] as Run[], order[i] as Run[]]
    if (isSetBack(chain, later)) order.splice(i - 1, 2, later, chain)
  }
  return order
}

/** What is between two runs that were logged one after the other. */
function linkOf(before: Run, after: Run): Link {
  const missing = after.firstId - before.lastId - 1
  if (missing < 0) return { after: 'cleared', missing: after.firstId - 1 }
  if (before.lastTime - after.firstTime >= minClockJump) return { after: 'clock', missing }
  return missing > 0 ? { after: 'missing', missing } : { after: 'silence', missing }
}

/**
 * The stretches of one log without a break, in the order in which they were logged, each with what is before it. Null
 * if ids and times are in too many orders at once to be followed.
 */
export function stretchesOf(runs: readonly Run[]): Stretch[] | null {
  const chains = chainsOf(runs, limits.chains)
  if (chains === null) return null
  let before: Run | null = null
  const stretches: Stretch[] = []
  for (const run of inOrder(chains).flat()) {
    stretches.push({ ...(before ? linkOf(before, run) : { after: null, missing: 0 }), ...run })
    before = run
  }
  return stretches
}

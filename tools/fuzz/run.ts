import { basesOf } from './bases.ts'
import type { Judge } from './judge.ts'
import { type Mutant, openMutants } from './mutant.ts'
import type { Subject } from './subjects.ts'
import { addTally, newTally, type Tally } from './tally.ts'
import type { Broken } from './thread.ts'

/** A mutant that broke a promise, and its seed. */
export type Found = { seed: number; mutant: Mutant; broken: Broken }

export type RunOptions = {
  subject: Subject
  /** The seed of the first mutant; the next has the next. */
  seed: number
  /** Whether the run has had enough, asked before each mutant. */
  isOver: (mutants: number) => boolean
  withCorpus: boolean
  onFound?: (found: Found) => Promise<void>
}

/** Judges the mutants of one subject, each in its turn; returns what became of them and those that broke a promise. */
export async function run(judge: Judge, options: RunOptions): Promise<{ tally: Tally; found: Found[] }> {
  const { subject, isOver, withCorpus, onFound } = options
  const mutantOf = openMutants(subject, await basesOf(subject, withCorpus))
  const tally = newTally()
  const found: Found[] = []
  for (let seed = options.seed; !isOver(tally.mutants); seed++) {
    const mutant = await mutantOf(seed)
    const judgement = await judge.judge(subject, mutant.bytes)
    if (judgement.broken === null) addTally(tally, judgement.tally)
    else {
      tally.mutants += 1
      found.push({ seed, mutant, broken: judgement.broken })
      await onFound?.({ seed, mutant, broken: judgement.broken })
    }
  }
  return { tally, found }
}

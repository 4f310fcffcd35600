import type { Random } from '#tools/simulate/random.ts'
import type { KindName } from './options.ts'

/** A duration that was measured in a try: what it is of, and milliseconds. */
export type Figure = { of: string; ms: number }

/** What one run of a case has at hand. */
export type Try = {
  /** The same for the same seed, case and run. */
  random: Random
  /** Whether there is little time: the case is tried with less. */
  isShort: boolean
  /** Counts an injury that was survived. A run that throws counts as one that was not. */
  survived: () => void
}

/** One way to injure the server. */
export type Case = {
  what: string
  /** Whether it is left out if there is little time. */
  takesTime?: boolean
  /** Injures the server, once or several times. @throws NotSurvived with what went wrong; Skipped if it cannot be tried here. */
  run: (given: Try) => Promise<Figure[]>
  /** Milliseconds that the median of a figure must not exceed, unless there is little time and so few tries. */
  bars?: Record<string, number>
}

/** Cases of one kind. `share` is their part of the complete time. */
export type Kind = { name: KindName; share: number; cases: Case[] }

/** The server did not survive a try. */
export class NotSurvived extends Error {
  override name = 'NotSurvived'
}

/** The case cannot be tried on this machine; the message says why. */
export class Skipped extends Error {
  override name = 'Skipped'
}

/** @throws NotSurvived with the message unless `condition` is true. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new NotSurvived(message)
}

/** Runs `work` and returns its result and how long it took. */
export async function timed<Result>(of: string, work: () => Promise<Result>): Promise<[Result, Figure]> {
  const began = performance.now()
  const result = await work()
  return [result, { of, ms: performance.now() - began }]
}

import { dayLength, hourLength } from '#lib/asr/hours.ts'

/** From this on, time that goes back while EventRecordID goes up is a clock that was set back (docs/decisions/019-continuity.md). */
export const minClockJump = 60_000
/** Longer than this without a record of the channel, though no id is missing, is a gap in time. */
export const maxSilence = dayLength
/** Records whose ids follow one another and that are this near in time belong together in whatever order they come. */
export const nearby = hourLength

/** What is kept in memory of one upload at most; what is beyond it is counted. */
export const limits = {
  dests: 50_000,
  destCharacters: 255,
  /** Runs of one dest, and of all: a log that needs more is not followed any further. */
  runs: 20_000,
  allRuns: 200_000,
  /** Lives of a log, or settings of its clock. */
  chains: 64,
  /** Stretches of one dest, and of all, that are stored; the sums count every one. */
  stretches: 2000,
  allStretches: 20_000,
  /** Versions of one kind and dest, and of all. */
  versions: 200,
  allVersions: 50_000,
  versionCharacters: 64,
}

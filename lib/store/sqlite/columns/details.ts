import type { Disposition } from '#lib/hunting/decision.ts'
import { hintsOfMask } from '#lib/hunting/hints/hints.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { Listed } from './list.ts'
import type { Making } from './rows.ts'

/** Parts that a spark has. */
const sparkParts = 24
/** Events whose hints are looked at before messages are. */
const stretch = 4096

/** How many events of each row are in each part of the range. */
export async function sparksOf(
  { reading, asked: { range }, counted: { selection } }: Making,
  { count, events }: Listed,
) {
  const { time } = reading.columns.events
  const { places, rows } = await events()
  const [first, last] = [range.from ?? selection.spans.all.first, range.to ?? selection.spans.all.last]
  const width = (last - first + 1) / sparkParts
  const sparks = new Uint32Array(count * sparkParts)
  await reading.pace.inParts(rows.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const part = Math.floor(((time[places[index] as number] as number) - first) / width)
      const at = (rows[index] as number) * sparkParts + part
      sparks[at] = (sparks[at] as number) + 1
    }
  })
  return (row: number): number[] => Array.from(sparks.subarray(row * sparkParts, (row + 1) * sparkParts))
}

/** The dispositions of the events of each row, the most frequent first, null before those that are as frequent. */
export async function dispositionsOf(
  { reading: { pace }, asked: { decisions }, counted: { decided } }: Making,
  { count, events }: Listed,
): Promise<((row: number) => StackRow['dispositions']) | null> {
  if (decided === null) return null
  const { places, rows } = await events()
  const all: (Disposition | null)[] = [null, ...new Set(decisions.map(({ disposition }) => disposition))]
  const numbers = Uint32Array.from([null, ...decisions], (each) => all.indexOf(each?.disposition ?? null))
  const sums = new Uint32Array(count * all.length)
  await pace.inParts(rows.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const decision = decided[places[index] as number] as number
      const at = (rows[index] as number) * all.length + (numbers[decision] as number)
      sums[at] = (sums[at] as number) + 1
    }
  })
  return (row) =>
    all
      .map((disposition, at) => ({ disposition, events: sums[row * all.length + at] as number }))
      .filter(({ events }) => events > 0)
      .sort((a, b) => b.events - a.events || ((a.disposition ?? '') < (b.disposition ?? '') ? -1 : 1))
}

/** The hints of any event of each row, and those of all of its events, as masks. */
export async function hintMasksIn({ reading, hints }: Making, { count, events }: Listed) {
  const { columns, source, pace } = reading
  const { places, rows, stacks } = await events()
  await hints.learn(reading, places)
  const { target } = columns.events
  const [all, common] = [new Uint32Array(count), new Uint32Array(count).fill(0xffff_ffff)]
  await pace.inParts(
    rows.length,
    (from, to) => {
      for (let index = from; index < to; index++) {
        const row = rows[index] as number
        const own = hints.of(columns, source, stacks[index] as number, target[places[index] as number] as number)
        all[row] = (all[row] as number) | own
        common[row] = (common[row] as number) & own
      }
    },
    stretch,
  )
  return { all, common }
}

/** The hints of any event of each row, and whether its events have different ones. */
export async function hintsIn(making: Making, list: Listed) {
  const { all, common } = await hintMasksIn(making, list)
  return (row: number) => ({ hints: hintsOfMask(all[row] as number), mixedHints: all[row] !== common[row] })
}

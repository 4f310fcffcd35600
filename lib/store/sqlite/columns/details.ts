import type { Disposition } from '#lib/hunting/decision.ts'
import { hintsOfMask } from '#lib/hunting/hints/hints.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { Block, Listed } from './list.ts'
import type { Making } from './rows.ts'

/** Parts that a spark has. */
const sparkParts = 24

/** How many events of each row are in each part of the range, once `watch` has seen the events. */
export function sparksOf({ reading, asked: { range }, counted: { selection } }: Making, count: number) {
  const { time } = reading.columns.events
  const [first, last] = [range.from ?? selection.spans.all.first, range.to ?? selection.spans.all.last]
  const width = (last - first + 1) / sparkParts
  const sparks = new Uint32Array(count * sparkParts)
  const watch = ({ places, rows, length }: Block): void => {
    for (let index = 0; index < length; index++) {
      const part = Math.floor(((time[places[index] as number] as number) - first) / width)
      const at = (rows[index] as number) * sparkParts + part
      sparks[at] = (sparks[at] as number) + 1
    }
  }
  const of = (row: number): number[] => Array.from(sparks.subarray(row * sparkParts, (row + 1) * sparkParts))
  return { watch, of }
}

/**
 * The dispositions of the events of each row, once `watch` has seen them: the most frequent first, null before those that are as
 * frequent. Null if there are no decisions.
 */
export function dispositionsOf({ asked: { decisions }, counted: { decided } }: Making, count: number) {
  if (decided === null) return null
  const all: (Disposition | null)[] = [null, ...new Set(decisions.map(({ disposition }) => disposition))]
  const numbers = Uint32Array.from([null, ...decisions], (each) => all.indexOf(each?.disposition ?? null))
  const sums = new Uint32Array(count * all.length)
  const watch = ({ places, rows, length }: Block): void => {
    for (let index = 0; index < length; index++) {
      const decision = decided[places[index] as number] as number
      const at = (rows[index] as number) * all.length + (numbers[decision] as number)
      sums[at] = (sums[at] as number) + 1
    }
  }
  const of = (row: number): StackRow['dispositions'] =>
    all
      .map((disposition, at) => ({ disposition, events: sums[row * all.length + at] as number }))
      .filter(({ events }) => events > 0)
      .sort((a, b) => b.events - a.events || ((a.disposition ?? '') < (b.disposition ?? '') ? -1 : 1))
  return { watch, of }
}

/** The hints of any event of each row, and those of all of its events, as masks that are complete when `watch` has seen the events. */
async function watchHints({ reading, hints }: Making, list: Listed) {
  const { columns, source } = reading
  if (!hints.isReady(reading)) await hints.learn(reading, (await list.events()).places)
  const [all, common] = [new Uint16Array(list.count), new Uint16Array(list.count).fill(0xffff)]
  let masks = new Uint16Array(0)
  const watch = (block: Block): void => {
    const { rows, length } = block
    if (masks.length < length) masks = new Uint16Array(length)
    hints.fill(columns, source, block, masks)
    for (let index = 0; index < length; index++) {
      const [row, own] = [rows[index] as number, masks[index] as number]
      const [any, every] = [all[row] as number, common[row] as number]
      // Most events add nothing, and to write is what takes long.
      if ((any | own) !== any) all[row] = any | own
      if ((every & own) !== every) common[row] = every & own
    }
  }
  return { watch, all, common }
}

/** The hints of any event of each row, as masks. */
export async function hintMasksIn(making: Making, list: Listed): Promise<Uint16Array> {
  const { watch, all } = await watchHints(making, list)
  await list.watch([watch])
  return all
}

/** The hints of any event of each row, and whether its events have different ones, once `watch` has seen them. */
export async function hintsIn(making: Making, list: Listed) {
  const { watch, all, common } = await watchHints(making, list)
  const of = (row: number) => ({ hints: hintsOfMask(all[row] as number), mixedHints: all[row] !== common[row] })
  return { watch, of }
}

import type { Groups } from './groups.ts'
import type { Reading } from './parts.ts'
import { isShown, type Selection } from './selection.ts'

/** Stacks or events, each next to the row that it is in. */
export type List = { places: Uint32Array; rows: Uint32Array }

/** Some events, with the row and the stack of each. Its arrays are used again for the next ones. */
export type Block = List & { stacks: Uint32Array; length: number }

/** Sees every event of some rows, some at a time. */
export type Watch = (block: Block) => void

/** Events that are seen at a time: their numbers fit the processor's cache. */
const blockEvents = 4096

/** The numbers that a column has at some places. */
export function at(column: ArrayLike<number>, places: Uint32Array): Uint32Array {
  const own = new Uint32Array(places.length)
  for (let index = 0; index < places.length; index++) own[index] = column[places[index] as number] as number
  return own
}

/** The number of the row of each group, plus one; 0 if it is none of the chosen ones. */
function rowNumbers({ count }: Groups, chosen: Uint32Array | null): Uint32Array {
  const rows = new Uint32Array(count + 1)
  if (chosen === null) for (let group = 1; group <= count; group++) rows[group] = group
  else for (const [row, group] of chosen.entries()) rows[group + 1] = row + 1
  return rows
}

const roomFor = (length: number): List => ({ places: new Uint32Array(length), rows: new Uint32Array(length) })
const cut = ({ places, rows }: List, length: number): List => ({
  places: places.subarray(0, length),
  rows: rows.subarray(0, length),
})

/** Lists the stacks with shown events of groups of stacks. */
function listStacks({ numbers }: Groups, { shown }: Selection, rowOf: Uint32Array): List {
  const list = roomFor(numbers.length)
  let length = 0
  for (let stack = 1; stack < numbers.length; stack++) {
    const row = rowOf[numbers[stack] as number] as number
    if (row === 0 || shown[stack] === 0) continue
    list.places[length] = stack
    list.rows[length++] = row - 1
  }
  return cut(list, length)
}

/** Lists the shown events of groups, `most` at most. */
async function listEvents(
  { columns, pace }: Reading,
  { numbers, of }: Groups,
  { states }: Selection,
  rowOf: Uint32Array,
  most: number,
): Promise<List> {
  const { stack } = columns.events
  const list = roomFor(most)
  const isOfStack = of === 'stack'
  let length = 0
  await pace.inParts(states.length, (from, to) => {
    for (let place = from; place < to; place++) {
      if (((states[place] as number) & isShown) === 0) continue
      const row = rowOf[numbers[isOfStack ? (stack[place] as number) : place] as number] as number
      if (row === 0) continue
      list.places[length] = place
      list.rows[length++] = row - 1
    }
  })
  return cut(list, length)
}

/** Shows the shown events of groups to each watch. */
async function showEvents(
  { columns, pace }: Reading,
  { numbers, of }: Groups,
  { states }: Selection,
  rowOf: Uint32Array,
  watches: readonly Watch[],
): Promise<void> {
  const { stack } = columns.events
  // The row of each stack or event. Few rows need few bytes each, which fit the processor's cache.
  const most = rowOf.reduce((largest, row) => Math.max(largest, row), 0)
  const ofUnits = new (most < 256 ? Uint8Array : Uint32Array)(numbers.length)
  await pace.inParts(numbers.length, (from, to) => {
    for (let unit = from; unit < to; unit++) ofUnits[unit] = rowOf[numbers[unit] as number] as number
  })
  const isOfStack = of === 'stack'
  const [{ places, rows }, stacks] = [roomFor(blockEvents), new Uint32Array(blockEvents)]
  let length = 0
  const show = (): void => {
    const block = { places, rows, stacks, length }
    for (const watch of watches) watch(block)
    length = 0
  }
  await pace.inParts(states.length, (from, to) => {
    for (let place = from; place < to; place++) {
      if (((states[place] as number) & isShown) === 0) continue
      const own = stack[place] as number
      const row = ofUnits[isOfStack ? own : place] as number
      if (row === 0) continue
      places[length] = place
      rows[length] = row - 1
      stacks[length++] = own
      if (length === blockEvents) show()
    }
  })
  show()
}

export type Listed = ReturnType<typeof listed>

/**
 * Returns the stacks and events of some groups, which are rows here; each list is made on first use. `chosen`: the groups, which have
 * `events` shown events altogether; null means all.
 */
export function listed(
  reading: Reading,
  groups: Groups,
  selection: Selection,
  chosen: Uint32Array | null,
  events: number,
) {
  const rowOf = rowNumbers(groups, chosen)
  const known = new Map<string, Promise<unknown>>()
  /** Does some work once, under a name; again if it was given up. */
  function once<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const found = known.get(name) as Promise<Result> | undefined
    if (found !== undefined) return found
    const result = work()
    known.set(name, result)
    result.catch(() => known.delete(name))
    return result
  }
  async function listOnce() {
    const list = await listEvents(reading, groups, selection, rowOf, events)
    return { ...list, stacks: at(reading.columns.events.stack, list.places) }
  }
  /** The events, and the stack of each. */
  const eventsIn = () => once('events', listOnce)
  async function unitsOnce(): Promise<List & { stacks: Uint32Array; weights: Uint32Array | null }> {
    if (groups.of === 'event') return { ...(await eventsIn()), weights: null }
    const list = listStacks(groups, selection, rowOf)
    return { ...list, stacks: list.places, weights: at(selection.shown, list.places) }
  }
  return {
    /** How many rows there are. */
    count: chosen?.length ?? groups.count,
    events: eventsIn,
    /** Shows every event to each watch, without a list of all of them. */
    watch: (watches: readonly Watch[]) => showEvents(reading, groups, selection, rowOf, watches),
    /** What groups consist of, with the stack and the number of shown events of each: stacks if all fields are of stacks, else events. */
    units: () => once('units', unitsOnce),
    once,
    /** Forgets what was listed; it is listed again if it is asked for. */
    forget: (): void => known.clear(),
  }
}

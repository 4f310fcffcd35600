import type { By } from '#lib/hunting/definition.ts'
import { modes } from './columns.ts'
import { countDifferent } from './different.ts'
import { groupRows } from './grouping.ts'
import { at, type Listed } from './list.ts'
import { exactly, type Part, partsOf, type Reading } from './parts.ts'
import { isSince, type Selection } from './selection.ts'

/** What is counted of a group. */
export const counts = [
  ...['events', 'hosts', 'before', 'newHosts', 'users', 'activeDays', 'variants', 'firstTime', 'lastTime'],
  ...['blocked', 'audited', 'overridden', 'changed'],
] as const
export type Count = (typeof counts)[number]
export type Numbers = Uint32Array | Float64Array

/** Input of a count. `isSplit` is true if the question has a *since*. */
export type Counting = { reading: Reading; by: readonly By[]; selection: Selection; isSplit: boolean }
/** Counts that need the members of a group. `events` is counted already. */
export type Listable = Exclude<Count, 'events'>
type Counter = (counting: Counting, listed: Listed) => Promise<Numbers>

const numberAt = (column: Uint32Array, at: number): number => column[at] as number

/** The number of events before of each unit of some rows. */
async function beforeOfUnits({ selection }: Counting, listed: Listed) {
  const { places, weights, ...rest } = await listed.units()
  const { states, before } = selection
  const isBefore = (place: number): number => (((states[place] as number) & isSince) === 0 ? 1 : 0)
  return { ...rest, places, before: weights === null ? Uint32Array.from(places, isBefore) : at(before, places) }
}

/** Returns the sum of the numbers of each row. */
function added(count: number, rows: Uint32Array, numbers: Uint32Array | null): Uint32Array {
  const sums = new Uint32Array(count)
  for (let index = 0; index < rows.length; index++) {
    const row = numberAt(rows, index)
    sums[row] = numberAt(sums, row) + (numbers === null ? 1 : numberAt(numbers, index))
  }
  return sums
}

/** The events of each mode of each row, mode by mode. */
async function countModes({ reading }: Counting, listed: Listed): Promise<Uint32Array[]> {
  const { rows, stacks, weights } = await listed.units()
  const { mode } = reading.columns.stacks
  const sums = modes.map(() => new Uint32Array(listed.count))
  for (let index = 0; index < rows.length; index++) {
    const own = sums[mode[numberAt(stacks, index)] as number] as Uint32Array
    const row = numberAt(rows, index)
    own[row] = numberAt(own, row) + (weights === null ? 1 : numberAt(weights, index))
  }
  return sums
}

const ofMode =
  (wanted: (typeof modes)[number]): Counter =>
  async (counting, listed) =>
    (await listed.once('modes', () => countModes(counting, listed)))[modes.indexOf(wanted)] as Uint32Array

/** The first and the last time of each row. */
async function findTimes({ reading: { columns, pace } }: Counting, listed: Listed) {
  const { places, rows } = await listed.events()
  const { time } = columns.events
  const first = new Float64Array(listed.count).fill(Number.POSITIVE_INFINITY)
  const last = new Float64Array(listed.count).fill(Number.NEGATIVE_INFINITY)
  await pace.inParts(rows.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const row = numberAt(rows, index)
      const own = time[numberAt(places, index)] as number
      if (own < (first[row] as number)) first[row] = own
      if (own > (last[row] as number)) last[row] = own
    }
  })
  return { first, last }
}

const ofTime =
  (which: 'first' | 'last'): Counter =>
  async (counting, listed) =>
    (await listed.once('times', () => findTimes(counting, listed)))[which]

/** Different values as logged of the fields that a step merges. */
async function countVariants({ reading, by }: Counting, listed: Listed): Promise<Uint32Array> {
  const parts = await partsOf(reading, by.filter(({ step }) => step !== 'exact').map(exactly))
  if (parts.length === 0) return new Uint32Array(listed.count).fill(1)
  const { rows, places, stacks } = parts.every(({ of }) => of === 'stack')
    ? await listed.units()
    : await listed.events()
  const own = parts.map(({ of, numbers }: Part) => at(numbers, of === 'stack' ? stacks : places))
  const { numbers } = await groupRows(reading.pace, own, rows.length)
  return countDifferent(reading.pace, rows, listed.count, numbers)
}

const counters: Record<Listable, Counter> = {
  hosts: async ({ reading: { columns, pace }, by }, listed) => {
    // A stack with its host among its fields is on that host.
    if (by.some(({ column }) => column === 'dest')) return new Uint32Array(listed.count).fill(1)
    const { rows, stacks } = await listed.units()
    return countDifferent(pace, rows, listed.count, at(columns.stacks.dest, stacks))
  },
  before: async (counting, listed) => {
    if (!counting.isSplit) return new Uint32Array(listed.count)
    const { rows, before } = await beforeOfUnits(counting, listed)
    return added(listed.count, rows, before)
  },
  newHosts: async (counting, listed) => {
    if (!counting.isSplit) return new Uint32Array(listed.count)
    const { pace, columns } = counting.reading
    const { rows, stacks, before } = await beforeOfUnits(counting, listed)
    const dests = at(columns.stacks.dest, stacks)
    const all = await countDifferent(pace, rows, listed.count, dests)
    // Hosts of which each has an event before: the others of a row are new.
    const old = await countDifferent(
      ...([pace, rows, listed.count] as const),
      dests.map((dest, index) => (before[index] === 0 ? 0 : dest)),
    )
    return all.map((hosts, row) => hosts - (old[row] as number))
  },
  // Who is not named is 0, which is not counted.
  users: async ({ reading: { columns, pace } }, listed) => {
    const { rows, places } = await listed.events()
    return countDifferent(pace, rows, listed.count, at(columns.events.user, places))
  },
  activeDays: async ({ reading: { columns, pace } }, listed) => {
    const { rows, places } = await listed.events()
    const days = at(columns.events.day, places)
    for (let index = 0; index < days.length; index++) days[index] = numberAt(days, index) + 1
    return countDifferent(pace, rows, listed.count, days)
  },
  variants: countVariants,
  firstTime: ofTime('first'),
  lastTime: ofTime('last'),
  blocked: ofMode('block'),
  audited: ofMode('audit'),
  overridden: ofMode('override'),
  changed: ofMode('configuration'),
}

/** Counts something of each row. */
export const countRows = (counting: Counting, listed: Listed, name: Listable): Promise<Numbers> =>
  counters[name](counting, listed)

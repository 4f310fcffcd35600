import type { By } from '#lib/hunting/definition.ts'
import { modes } from './columns.ts'
import { countDifferent, marksFor } from './different.ts'
import { groupRows } from './grouping.ts'
import { at, type Block, type Listed, type Watch } from './list.ts'
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

/** What sees every event of some rows, and then has a number for each row. */
type Watched = { watch: Watch; numbers: Numbers }
type Watcher = (counting: Counting, count: number) => Watched | null

const firstTime: Watcher = ({ reading: { columns } }, count) => {
  const numbers = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const { time } = columns.events
  const watch = ({ places, rows, length }: Block): void => {
    for (let index = 0; index < length; index++) {
      const [row, own] = [numberAt(rows, index), time[numberAt(places, index)] as number]
      if (own < (numbers[row] as number)) numbers[row] = own
    }
  }
  return { watch, numbers }
}

const lastTime: Watcher = ({ reading: { columns } }, count) => {
  const numbers = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const { time } = columns.events
  const watch = ({ places, rows, length }: Block): void => {
    for (let index = 0; index < length; index++) {
      const [row, own] = [numberAt(rows, index), time[numberAt(places, index)] as number]
      if (own > (numbers[row] as number)) numbers[row] = own
    }
  }
  return { watch, numbers }
}

/** Counts the different numbers from 1 to `most` that events have; null if that needs a list of the events. */
function differentIn(fill: (own: Uint32Array, block: Block) => void, count: number, most: number): Watched | null {
  const marks = marksFor(count, most)
  if (marks === null) return null
  let own = new Uint32Array(0)
  const watch = (block: Block): void => {
    if (own.length < block.length) own = new Uint32Array(block.length)
    fill(own, block)
    marks.add(block.rows, own, 0, block.length)
  }
  return { watch, numbers: marks.different }
}

/** What can be counted while the events go by. */
const watchers: Partial<Record<Listable, Watcher>> = {
  firstTime,
  lastTime,
  // Who is not named is 0, which is not counted.
  users: ({ reading: { columns } }, count) => {
    const [{ user }, { numbers }] = [columns.events, columns.users]
    const fill = (own: Uint32Array, { places, length }: Block): void => {
      for (let index = 0; index < length; index++)
        own[index] = numberAt(numbers, numberAt(user, numberAt(places, index)))
    }
    return differentIn(fill, count, columns.users.count)
  },
  activeDays: ({ reading: { columns } }, count) => {
    const { day } = columns.events
    const fill = (own: Uint32Array, { places, length }: Block): void => {
      for (let index = 0; index < length; index++) own[index] = numberAt(day, numberAt(places, index))
    }
    return differentIn(fill, count, columns.days.length)
  },
}

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

const counters: Record<Exclude<Listable, 'firstTime' | 'lastTime'>, Counter> = {
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
  users: async ({ reading: { columns, pace } }, listed) => {
    const { rows, places } = await listed.events()
    return countDifferent(pace, rows, listed.count, at(columns.events.user, places))
  },
  activeDays: async ({ reading: { columns, pace } }, listed) => {
    const { rows, places } = await listed.events()
    return countDifferent(pace, rows, listed.count, at(columns.events.day, places))
  },
  variants: countVariants,
  blocked: ofMode('block'),
  audited: ofMode('audit'),
  overridden: ofMode('override'),
  changed: ofMode('configuration'),
}

/** Counts things of each row. `watches` see its events on the way. */
export async function countRows(
  counting: Counting,
  listed: Listed,
  names: readonly Listable[],
  watches: readonly Watch[] = [],
): Promise<Map<Count, Numbers>> {
  const numbers = new Map<Count, Numbers>()
  const all = [...watches]
  const rest: (keyof typeof counters)[] = []
  for (const name of names) {
    const watched = watchers[name]?.(counting, listed.count)
    if (watched) {
      all.push(watched.watch)
      numbers.set(name, watched.numbers)
    } else rest.push(name as keyof typeof counters)
  }
  if (all.length > 0) await listed.watch(all)
  for (const name of rest) numbers.set(name, await counters[name](counting, listed))
  return numbers
}

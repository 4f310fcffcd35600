import type { Newness, StackColumn } from '#lib/hunting/definition.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sort } from '#lib/params/params.ts'
import type { RareLimits } from '#lib/store/reads.ts'
import type { Counted } from './counted.ts'
import type { Reading } from './parts.ts'
import { counts } from './sums.ts'
import { distinctIn, eachText, sortedTexts } from './texts.ts'

export type Limits = { rare: RareLimits; newness: Newness | null; reportingHosts: number }

/** The part of the reporting hosts that a number of hosts is. */
export const shareOf = (hosts: number, reportingHosts: number): number => hosts / Math.max(1, reportingHosts)

/** Returns the groups that the limits leave, and how many groups and events they leave out. */
export function keptGroups({ groups, sums }: Counted, { rare, newness, reportingHosts }: Limits) {
  const [mostHosts, mostEvents, mostShare] = [rare.hosts ?? Infinity, rare.events ?? Infinity, rare.share ?? Infinity]
  const kept = new Uint32Array(groups.count)
  const left = { stacks: 0, events: 0 }
  let count = 0
  for (let group = 0; group < groups.count; group++) {
    const hosts = sums.hosts[group] as number
    const events = sums.events[group] as number
    if (events === 0) continue
    const before = sums.before[group] as number
    const isNew =
      newness === null ||
      (newness === 'new' ? before === 0 : newness === 'gone' ? before === events : (sums.newHosts[group] as number) > 0)
    if (isNew && hosts <= mostHosts && events <= mostEvents && shareOf(hosts, reportingHosts) <= mostShare)
      kept[count++] = group
    else {
      left.stacks += 1
      left.events += events
    }
  }
  return { kept: kept.subarray(0, count), left }
}

/** Numbers that are in the order of the values of a field, by group. Null if it is not one of the fields. */
async function ranksOf(reading: Reading, counted: Counted, column: StackColumn): Promise<Uint32Array | null> {
  const known = counted.ranks.get(column)
  if (known !== undefined) return known
  const at = counted.parts.findIndex(({ by }) => by.column === column)
  const part = counted.parts[at]
  if (part === undefined) return null
  const { groups, numberOf } = counted
  const values = groups.events.map((events, group) => (events === 0 ? 0 : numberOf(at, group)))
  const numbers = distinctIn(values, values.length, () => true)
  const texts = new Map<number, string | null>([[0, part.textOf(0)]])
  if (part.isText) await eachText(reading.source, reading.pace, numbers, (number, text) => texts.set(number, text))
  else for (const number of numbers) texts.set(number, part.textOf(number))
  const ranks = new Map(
    sortedTexts([...texts.keys()], (number) => texts.get(number) ?? null).map((number, rank) => [number, rank]),
  )
  const ranked = Uint32Array.from(values, (number) => ranks.get(number) ?? 0)
  counted.ranks.set(column, ranked)
  return ranked
}

/** The numbers that groups are sorted by in one column; null if they are equal in all groups. */
async function cellsOf(reading: Reading, counted: Counted, column: string): Promise<ArrayLike<number> | null> {
  const { sums, ratio } = counted
  if (column === 'ratio') return ratio
  const name = column === 'share' ? 'hosts' : counts.find((each) => each === column)
  return name === undefined ? ranksOf(reading, counted, column as StackColumn) : sums.of(name)
}

/** Compares numbers; NaN, which is null, comes first. */
const compare = (a: number, b: number): number =>
  a < b ? -1 : a > b ? 1 : Number(Number.isNaN(b)) - Number(Number.isNaN(a))

/** Returns the first `count` of some groups in an order, or more; all of them if that is not much more work. */
function firstOf(groups: Uint32Array, count: number, isBefore: (a: number, b: number) => number): Uint32Array {
  if (count * 8 > groups.length) return groups.toSorted(isBefore)
  // A heap of the first ones found so far, the last of them on top.
  const heap = new Uint32Array(count)
  let size = 0
  const sink = (group: number): void => {
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(heap[child] as number, heap[child + 1] as number) < 0) child += 1
      if (isBefore(group, heap[child] as number) >= 0) break
      heap[at] = heap[child] as number
      at = child
    }
    heap[at] = group
  }
  const rise = (group: number): void => {
    let at = size++
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (isBefore(group, heap[parent] as number) <= 0) break
      heap[at] = heap[parent] as number
      at = parent
    }
    heap[at] = group
  }
  for (const group of groups) {
    if (size < count) rise(group)
    else if (count > 0 && isBefore(group, heap[0] as number) < 0) sink(group)
  }
  return heap.sort(isBefore)
}

/**
 * Returns the groups of a page in their order. Those that are equal in all its columns are in the order in which the first of
 * their stacks was stored, or the other way round if the last column descends.
 */
export async function pageOfGroups(
  reading: Reading,
  counted: Counted,
  kept: Uint32Array,
  sort: readonly Sort[],
  { offset, limit }: PageRange,
): Promise<Uint32Array> {
  const columns: { cells: ArrayLike<number>; way: number }[] = []
  for (const { column, descending } of sort) {
    const cells = await cellsOf(reading, counted, column)
    if (cells !== null) columns.push({ cells, way: descending ? -1 : 1 })
  }
  const tie = sort.at(-1)?.descending ? -1 : 1
  const isBefore = (a: number, b: number): number => {
    for (const { cells, way } of columns) {
      const order = compare(cells[a] as number, cells[b] as number)
      if (order !== 0) return order * way
    }
    return (a - b) * tie
  }
  const end = Math.min(offset + limit, kept.length)
  return firstOf(kept, end, isBefore).subarray(offset, end)
}

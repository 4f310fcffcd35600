import type { By } from '#lib/hunting/definition.ts'
import { modes } from './columns.ts'
import { differentIn, differentOfStack, type Met, mostOf } from './different.ts'
import { type Groups, groupEvents } from './groups.ts'
import { exactly, partsOf, type Reading } from './parts.ts'
import { isSince, type Selection } from './selection.ts'

/** What is counted of a group. */
export const counts = [
  ...['events', 'hosts', 'before', 'newHosts', 'users', 'activeDays', 'variants', 'firstTime', 'lastTime'],
  ...['blocked', 'audited', 'overridden', 'changed'],
] as const
export type Count = (typeof counts)[number]
type Numbers = Uint32Array | Float64Array

/** Groups counted at a time, after which messages are looked at. */
const stretch = 16_384

export type Sums = Awaited<ReturnType<typeof sumGroups>>

/** The number of each event's variant: its values as logged in the fields that a step merges. Null if none does. */
async function variantsOf(reading: Reading, by: readonly By[], { states }: Selection): Promise<Uint32Array | null> {
  const merged = by.filter(({ step }) => step !== 'exact')
  return merged.length === 0 ? null : groupEvents(reading, await partsOf(reading, merged.map(exactly)), states)
}

/**
 * Counts the events and hosts of each group, which decide what is on a page. The rest is counted of the groups of a page, or of
 * all if they are sorted by it.
 */
export async function sumGroups(
  reading: Reading,
  by: readonly By[],
  selection: Selection,
  { count, starts, order }: Groups,
  isSplit: boolean,
) {
  const { columns, pace } = reading
  const { events, stacks, dests, days, length } = columns
  const { stack, time, day, user } = events
  const { dest, mode } = stacks
  const { states } = selection
  const variants = await variantsOf(reading, by, selection)
  const known = new Map<Count, Numbers>()
  const met = (size: number): Met => ({ last: new Uint32Array(size), stamp: 0 })
  const [hostsMet, beforeMet, usersMet, daysMet, variantsMet] = [
    ...[dests.length, dests.length, mostOf(user, length) + 1, days.length],
    variants === null ? 0 : mostOf(variants, variants.length) + 1,
  ].map(met) as [Met, Met, Met, Met, Met]

  const hostsIn = (from: number, to: number): number => differentOfStack(hostsMet, order, from, to, stack, dest)
  function countBefore(from: number, to: number): number {
    let before = 0
    for (let at = from; at < to; at++) before += ((states[order[at] as number] as number) & isSince) === 0 ? 1 : 0
    return before
  }
  /** Hosts of which each has an event before: the others of a group are new. */
  const hostsBefore = (from: number, to: number): number =>
    differentOfStack(beforeMet, order, from, to, stack, dest, (place) => ((states[place] as number) & isSince) === 0)
  const ofMode =
    (wanted: number) =>
    (from: number, to: number): number => {
      let sum = 0
      for (let at = from; at < to; at++) sum += mode[stack[order[at] as number] as number] === wanted ? 1 : 0
      return sum
    }
  function firstTime(from: number, to: number): number {
    let first = Number.POSITIVE_INFINITY
    for (let at = from; at < to; at++) first = Math.min(first, time[order[at] as number] as number)
    return first
  }
  function lastTime(from: number, to: number): number {
    let last = Number.NEGATIVE_INFINITY
    for (let at = from; at < to; at++) last = Math.max(last, time[order[at] as number] as number)
    return last
  }
  const [blocked, audited, overridden, changed] = modes.map((_, at) => ofMode(at)) as [
    Counting,
    Counting,
    Counting,
    Counting,
  ]
  type Counting = (from: number, to: number) => number
  const counting: Record<Count, Counting> = {
    events: (from, to) => to - from,
    hosts: hostsIn,
    before: isSplit ? countBefore : () => 0,
    newHosts: isSplit ? (from, to) => hostsIn(from, to) - hostsBefore(from, to) : () => 0,
    users: (from, to) => differentIn(usersMet, order, from, to, user) - hasMissing(from, to),
    activeDays: (from, to) => differentIn(daysMet, order, from, to, day),
    variants: variants === null ? () => 1 : (from, to) => differentIn(variantsMet, order, from, to, variants),
    ...{ firstTime, lastTime, blocked, audited, overridden, changed },
  }
  /** 1 if an event names no user. */
  function hasMissing(from: number, to: number): number {
    for (let at = from; at < to; at++) if (user[order[at] as number] === 0) return 1
    return 0
  }

  /** A count of every group. */
  async function of(name: Count): Promise<Numbers> {
    const found = known.get(name)
    if (found !== undefined) return found
    const numbers = name.endsWith('Time') ? new Float64Array(count) : new Uint32Array(count)
    const countOne = counting[name]
    const work = (first: number, end: number): void => {
      for (let group = first; group < end; group++)
        numbers[group] = countOne(starts[group] as number, starts[group + 1] as number)
    }
    await pace.inParts(count, work, stretch)
    known.set(name, numbers)
    return numbers
  }

  const [allEvents, hosts, before, newHosts] = [
    await of('events'),
    await of('hosts'),
    await of('before'),
    await of('newHosts'),
  ]
  return {
    ...{ events: allEvents, hosts, before, newHosts },
    of,
    /** Counts everything of every group, so that later changes of the columns change nothing. */
    all: async (): Promise<void> => {
      for (const name of counts) await of(name)
    },
    /** All counts of one group. */
    ofGroup: (group: number): Record<Count, number> =>
      Object.fromEntries(
        counts.map((name) => [
          name,
          known.get(name)?.[group] ?? counting[name](starts[group] as number, starts[group + 1] as number),
        ]),
      ) as Record<Count, number>,
    /** Bytes of what is kept. */
    bytes: (): number =>
      [...known.values()].reduce((sum, { byteLength }) => sum + byteLength, variants?.byteLength ?? 0),
  }
}

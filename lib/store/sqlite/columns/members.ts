import { dayLength } from '#lib/asr/hours.ts'
import type { StackMembers } from '#lib/model/rows.ts'
import { modes } from './columns.ts'
import { exactly, type Part, partOf, type Reading } from './parts.ts'
import { sortedTexts } from './texts.ts'

/** Values with as many events among which the order of their texts decides; of more, those that were stored first are listed. */
const mostTies = 100_000

type Listed = { value: string | null; events: number; hosts: number; first: number; last: number }

/**
 * Returns the values with the most events, and how many there are: those that some events have by a number each. Values with as many
 * events are in the order of their texts. Hosts are counted of the listed ones only, so that a million values need no object each.
 */
async function listed(
  { columns: { events, stacks }, pace }: Reading,
  places: Uint32Array,
  numberOf: (place: number) => number,
  textOf: (number: number) => string | null,
  limit: number,
): Promise<{ total: number; rows: Listed[] }> {
  let most = 0
  await pace.inParts(places.length, (from, to) => {
    for (let at = from; at < to; at++) most = Math.max(most, numberOf(places[at] as number))
  })
  const counts = new Uint32Array(most + 1)
  await pace.inParts(places.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const number = numberOf(places[at] as number)
      counts[number] = (counts[number] as number) + 1
    }
  })
  const found = counts.filter((count) => count > 0).sort()
  const total = found.length
  const least = found[Math.max(0, total - limit)] ?? 1
  const chosen: { number: number; events: number; value: string | null }[] = []
  for (let number = 0, ties = 0; number <= most; number++) {
    const count = counts[number] as number
    if (count < least || (count === least && ++ties > mostTies)) continue
    chosen.push({ number, events: count, value: textOf(number) })
    if (chosen.length % 10_000 === 0) await pace.breathe()
  }
  const first = sortedTexts(chosen, ({ value }) => value)
    .sort((a, b) => b.events - a.events)
    .slice(0, limit)
  const tallies = new Map(
    first.map(({ number, ...rest }) => [
      number,
      { ...rest, hosts: new Set<number>(), first: Infinity, last: -Infinity },
    ]),
  )
  await pace.inParts(places.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const place = places[at] as number
      const tally = tallies.get(numberOf(place))
      if (tally === undefined) continue
      const time = events.time[place] as number
      tally.hosts.add(stacks.dest[events.stack[place] as number] as number)
      tally.first = Math.min(tally.first, time)
      tally.last = Math.max(tally.last, time)
    }
  })
  return { total, rows: [...tallies.values()].map((tally) => ({ ...tally, hosts: tally.hosts.size })) }
}

const numberIn =
  ({ columns }: Reading, { of, numbers }: Part) =>
  (place: number): number =>
    numbers[of === 'stack' ? (columns.events.stack[place] as number) : place] as number

/** The values that the steps of the fields merge, as they were logged. */
async function variantsIn(reading: Reading, places: Uint32Array, parts: readonly Part[], limit: number) {
  const lists: { column: string; total: number; rows: Listed[] }[] = []
  for (const { by } of parts.filter(({ by }) => by.step !== 'exact')) {
    const part = await partOf(reading, exactly(by))
    lists.push({ column: by.column, ...(await listed(reading, places, numberIn(reading, part), part.textOf, limit)) })
  }
  const rows = lists
    .sort((a, b) => (a.column < b.column ? -1 : 1))
    .flatMap(({ column, rows }) => rows.map(({ value, events, hosts }) => ({ column, value, events, hosts })))
    .sort((a, b) => b.events - a.events)
  return { total: lists.reduce((sum, { total }) => sum + total, 0), rows: rows.slice(0, limit) }
}

/** Events by mode on each day that has one. */
function daysIn({ columns: { events, stacks, days } }: Reading, places: Uint32Array): StackMembers['days'] {
  const counts = new Map<number, number[]>()
  for (const place of places) {
    const day = days[events.day[place] as number] as number
    const ofDay = counts.get(day) ?? modes.map(() => 0)
    counts.set(day, ofDay)
    const mode = stacks.mode[events.stack[place] as number] as number
    ofDay[mode] = (ofDay[mode] ?? 0) + 1
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([day, [blocked = 0, audited = 0, overridden = 0, changed = 0]]) => ({
      ...{ time: day * dayLength, blocked, audited, overridden, changed },
    }))
}

/** Returns what the events at some places consist of. */
export async function membersOf(
  reading: Reading,
  places: Uint32Array,
  parts: readonly Part[],
  limit: number,
): Promise<Omit<StackMembers, 'row'>> {
  const host = await partOf(reading, { column: 'dest', step: 'exact' })
  const user = await partOf(reading, { column: 'User', step: 'exact' })
  const hosts = await listed(reading, places, numberIn(reading, host), host.textOf, limit)
  const users = await listed(reading, places, numberIn(reading, user), user.textOf, limit)
  return {
    hosts: {
      total: hosts.total,
      rows: hosts.rows.map(({ value, events, first, last }) => ({
        ...{ dest: value ?? '', events, firstTime: first, lastTime: last },
      })),
    },
    users: {
      total: users.total,
      rows: users.rows.map(({ value, events, hosts }) => ({ User: value, events, hosts })),
    },
    variants: await variantsIn(reading, places, parts, limit),
    days: daysIn(reading, places),
  }
}

import { dayLength } from '#lib/asr/hours.ts'
import type { StackMembers } from '#lib/model/rows.ts'
import { modes } from './columns.ts'
import { exactly, type Part, partOf, type Reading } from './parts.ts'
import { sortedTexts } from './texts.ts'

/** What is counted of each value that some events have. */
type Tally = { events: number; hosts: Set<number>; first: number; last: number }

/** Counts the events at some places by a number that each has. */
function tallyBy({ columns: { events, stacks } }: Reading, places: Uint32Array, numberOf: (place: number) => number) {
  const tallies = new Map<number, Tally>()
  for (const place of places) {
    const number = numberOf(place)
    const time = events.time[place] as number
    const tally = tallies.get(number) ?? { events: 0, hosts: new Set<number>(), first: time, last: time }
    tallies.set(number, tally)
    tally.events += 1
    tally.hosts.add(stacks.dest[events.stack[place] as number] as number)
    tally.first = Math.min(tally.first, time)
    tally.last = Math.max(tally.last, time)
  }
  return tallies
}

type Listed = Tally & { value: string | null }

/** The values with the most events, and of how many; those with as many are in the order of their texts. */
function listed(tallies: Map<number, Tally>, limit: number, textOf: (number: number) => string | null) {
  const least = [...tallies.values()].map(({ events }) => events).sort((a, b) => b - a)[limit - 1] ?? 0
  const texts = [...tallies].filter(([, { events }]) => events >= least)
  const all = texts.map(([number, tally]): Listed => ({ ...tally, value: textOf(number) }))
  const rows = sortedTexts(all, ({ value }) => value).sort((a, b) => b.events - a.events)
  return { total: tallies.size, rows: rows.slice(0, limit) }
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
    lists.push({ column: by.column, ...listed(tallyBy(reading, places, numberIn(reading, part)), limit, part.textOf) })
  }
  const rows = lists
    .sort((a, b) => (a.column < b.column ? -1 : 1))
    .flatMap(({ column, rows }) =>
      rows.map(({ value, events, hosts }) => ({ column, value, events, hosts: hosts.size })),
    )
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
  const hosts = listed(tallyBy(reading, places, numberIn(reading, host)), limit, host.textOf)
  const users = listed(tallyBy(reading, places, numberIn(reading, user)), limit, user.textOf)
  return {
    hosts: {
      total: hosts.total,
      rows: hosts.rows.map(({ value, events, first, last }) => ({
        ...{ dest: value ?? '', events, firstTime: first, lastTime: last },
      })),
    },
    users: {
      total: users.total,
      rows: users.rows.map(({ value, events, hosts }) => ({ User: value, events, hosts: hosts.size })),
    },
    variants: await variantsIn(reading, places, parts, limit),
    days: daysIn(reading, places),
  }
}

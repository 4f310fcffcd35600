import type { EventRow, Page } from '#lib/model/rows.ts'
import type { Sorted } from '#lib/store/reads.ts'
import { eventOrder, eventRowColumns, eventRowOf, type StoredEvent } from '../reads/events.ts'
import type { Pace } from './pace.ts'
import type { Reading } from './parts.ts'

/** Events that are sorted at once, besides those that are the first so far. */
const chunk = 10_000

/** Sorts the places of some events, and returns the first `count` of them or more. */
type Sorting = (places: Uint32Array, count: number) => ArrayLike<number>

/** Sorts in an order of times. */
function byTime({ columns: { events } }: Reading, { sort }: Sorted): Sorting {
  const ways = sort.map(({ descending }) => (descending ? -1 : 1))
  const tie = ways.at(-1) ?? 1
  const compare = (a: number, b: number): number => {
    const order = (events.time[a] as number) - (events.time[b] as number)
    return order === 0 ? (a - b) * tie : order * (ways[0] ?? 1)
  }
  return (places) => places.toSorted(compare)
}

/** Sorts in an order of the fields of events, which SQL has. */
function byFields({ columns, source }: Reading, { sort }: Sorted): Sorting {
  const sql = `SELECT v.event FROM asr_event v WHERE v.event IN (SELECT value FROM json_each(?)) ORDER BY ${eventOrder(sort)} LIMIT ?`
  return (places, count) => {
    const ids = Array.from(places, (place) => columns.events.id[place] as number)
    return source.rows<[id: number]>(sql, [JSON.stringify(ids), count]).map(([id]) => columns.placeFrom(id))
  }
}

/** The first `count` of some places in an order. They are sorted a part at a time, each with the first ones of the parts before it. */
async function firstOf(pace: Pace, places: Uint32Array, count: number, sorting: Sorting): Promise<Uint32Array> {
  // With as many as are wanted in each part, the work is that of sorting all of them twice at most.
  const size = Math.max(chunk, Math.min(count, places.length))
  let first = new Uint32Array(0)
  for (let from = 0; from < places.length; from += size) {
    const part = places.subarray(from, from + size)
    const both = new Uint32Array(first.length + part.length)
    both.set(first)
    both.set(part, first.length)
    first = Uint32Array.from(sorting(both, count)).subarray(0, count)
    await pace.breathe()
  }
  return first
}

/** Returns a page of the events at some places. */
export async function eventsAt(reading: Reading, places: Uint32Array, sorted: Sorted): Promise<Page<EventRow>> {
  const { columns, source, pace } = reading
  const { offset, limit } = sorted.page
  const isByTime = sorted.sort.length < 2 && sorted.sort.every(({ column }) => column === '_time')
  const sorting = (isByTime ? byTime : byFields)(reading, sorted)
  const first = await firstOf(pace, places, offset + limit, sorting)
  const rows = Array.from(first.subarray(offset)).flatMap((place) =>
    source.records<StoredEvent>(`SELECT ${eventRowColumns} FROM asr_event v WHERE v.event = ?`, [
      columns.events.id[place] as number,
    ]),
  )
  return { total: places.length, rows: rows.map(eventRowOf) }
}

import type { EventRow, Page } from '#lib/model/rows.ts'
import type { Sorted } from '#lib/store/reads.ts'
import { eventOrder, eventRowColumns, eventRowOf, type StoredEvent } from '../reads/events.ts'
import type { Reading } from './parts.ts'

/** The numbers of a page of events in an order of times. */
function byTime({ columns: { events } }: Reading, places: Uint32Array, { sort, page }: Sorted): number[] {
  const ways = sort.map(({ descending }) => (descending ? -1 : 1))
  const tie = ways.at(-1) ?? 1
  const ordered = places.toSorted((a, b) => {
    const order = (events.time[a] as number) - (events.time[b] as number)
    return order === 0 ? (a - b) * tie : order * (ways[0] ?? 1)
  })
  return Array.from(ordered.subarray(page.offset, page.offset + page.limit), (place) => events.id[place] as number)
}

/** The numbers of a page of events in an order of their fields, which SQL has. */
function byFields({ columns: { events }, source }: Reading, places: Uint32Array, { sort, page }: Sorted): number[] {
  source.run('CREATE TEMP TABLE IF NOT EXISTS stack_member (id INTEGER PRIMARY KEY)')
  source.run('DELETE FROM stack_member')
  for (const place of places) source.run('INSERT INTO stack_member (id) VALUES (?)', [events.id[place] as number])
  return source
    .rows<[id: number]>(
      `SELECT v.event FROM stack_member m CROSS JOIN asr_event v ON v.event = m.id ORDER BY ${eventOrder(sort)} LIMIT ? OFFSET ?`,
      [page.limit, page.offset],
    )
    .map(([id]) => id)
}

/** Returns a page of the events at some places. */
export function eventsAt(reading: Reading, places: Uint32Array, sorted: Sorted): Page<EventRow> {
  const isByTime = sorted.sort.length < 2 && sorted.sort.every(({ column }) => column === '_time')
  const ids = (isByTime ? byTime : byFields)(reading, places, sorted)
  const rows = ids.flatMap((id) =>
    reading.source.records<StoredEvent>(`SELECT ${eventRowColumns} FROM asr_event v WHERE v.event = ?`, [id]),
  )
  return { total: places.length, rows: rows.map(eventRowOf) }
}

import type { Pair, Place } from '#lib/model/compared.ts'
import type { EventRow, Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sql } from '../../sql.ts'
import { eventRowColumns, eventRowOf, type StoredEvent } from '../events.ts'
import { held, inPlace } from './held.ts'

const eventsSql = (place: Place): string =>
  `WITH ${held} SELECT ${eventRowColumns} FROM asr_event v WHERE v.event IN (SELECT id FROM held WHERE ${inPlace[place]} = 1) ORDER BY _time DESC, v.event DESC`

/** A page of the events that both of two uploads have, or only one of them, newest first. */
export async function comparedEvents(
  sql: Sql,
  pair: Pair,
  place: Place,
  { limit, offset }: PageRange,
): Promise<Page<EventRow>> {
  const [rows, [sum]] = await Promise.all([
    sql.all<StoredEvent>(`${eventsSql(place)} LIMIT ? OFFSET ?`, [...pair, limit, offset]),
    sql.all<{ total: number }>(`WITH ${held} SELECT count(*) AS total FROM held WHERE ${inPlace[place]} = 1`, pair),
  ])
  return { total: sum?.total ?? 0, rows: rows.map(eventRowOf) }
}

/** Returns every one of them, for download. */
export async function* comparedEventRows(sql: Sql, pair: Pair, place: Place): AsyncGenerator<EventRow[]> {
  for await (const rows of sql.stream<StoredEvent>(eventsSql(place), pair)) yield rows.map(eventRowOf)
}

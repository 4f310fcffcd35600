import type { Store, Value } from '#lib/store/store.ts'
import { eventRowColumns, eventRowOf, type StoredEvent } from '../events.ts'
import type { EventRow } from '../rows.ts'
import { held, inPlace } from './held.ts'
import type { ComparedEvents, Place } from './rows.ts'

const eventsSql = (place: Place): string =>
  `WITH ${held} SELECT ${eventRowColumns} FROM asr_event v WHERE v.event IN (SELECT id FROM held WHERE ${inPlace[place]}) ORDER BY _time DESC, v.event DESC`

/** A page of the events that two uploads both hold, or one of them only, newest first. */
export async function selectComparedEvents(
  store: Store,
  ids: [string, string],
  place: Place,
  { offset, limit }: { offset: number; limit: number },
): Promise<ComparedEvents> {
  const values: Value[] = [...ids]
  const [rows, [sum]] = await Promise.all([
    store.all<StoredEvent>(`${eventsSql(place)} LIMIT ? OFFSET ?`, [...values, limit, offset]),
    store.all<{ total: number }>(`WITH ${held} SELECT count(*) AS total FROM held WHERE ${inPlace[place]}`, values),
  ])
  return { total: sum?.total ?? 0, rows: rows.map(eventRowOf) }
}

/** Returns every one of them, for download. */
export async function* streamComparedEvents(
  store: Store,
  ids: [string, string],
  place: Place,
): AsyncGenerator<EventRow[]> {
  for await (const rows of store.stream<StoredEvent>(eventsSql(place), ids)) yield rows.map(eventRowOf)
}

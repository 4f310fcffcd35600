import { detections } from '#lib/asr/detections.ts'
import { eventKey, readEventKey } from '#lib/asr/event-key.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { search } from './found.ts'
import { keyOfHex } from './keys.ts'
import { inStacks } from './members.ts'
import { orderBy, pageLength } from './page.ts'
import { all, type Condition } from './pattern.ts'
import type { EventDetail, EventRow, Page } from './rows.ts'
import { eventColumns, eventTexts, whereOf } from './where.ts'
import { resolveWindow } from './window.ts'

/** Excluded paths that a 5007 added or removed. */
const exclusion = `CASE v.EventCode WHEN 5007 THEN (
    SELECT group_concat(value, '|') FROM (
      SELECT DISTINCT x.value FROM event_change m CROSS JOIN stack s ON s.id = m.stack_id CROSS JOIN text x ON x.id = s.exclusion_id
      WHERE m.event_id = v.event ORDER BY x.value)) END`

/** The columns of a row of events, of `asr_event v`, from which `eventRowOf` makes the row. */
export const eventRowColumns = `v.event, hex(v.hash) AS hash, v.ordinal, v._time, dest, EventCode, v.ID, ASR_Rule, Process_Name, Path,
  Parent_Commandline, Target_Commandline, User, Old_Value, New_Value, EventRecordID, ${exclusion} AS Exclusion, upload`

/** A row of events as SQL returns it. */
export type StoredEvent = Omit<EventRow, 'id'> & { event: number; hash: string; ordinal: number | null }

/** The key of an event. */
const keyOf = ({ dest, EventCode, _time: time, EventRecordID: recordId, hash, ordinal }: KeyFields): string =>
  eventKey({ dest, EventCode, time, recordId, hash: hash === '' ? null : hash.toLowerCase(), ordinal })
type KeyFields = Pick<StoredEvent, 'dest' | 'EventCode' | '_time' | 'EventRecordID' | 'hash' | 'ordinal'>

/** Makes a row of events, with its key instead of its row number. */
export function eventRowOf<Row extends StoredEvent>(stored: Row): Omit<Row, 'event' | 'hash' | 'ordinal'> & EventRow {
  const { event: _, hash: __, ordinal: ___, ...row } = stored
  return { id: keyOf(stored), ...row }
}

/** SQLite takes `ID` and `id` for the same name: columns are named with their view. */
const inView = (column: string): string => `v."${column}"`

/** The events of the filter: a condition on `asr_event v`. */
async function filtered(store: Store, asked: Params) {
  const params = await search(store, asked)
  const { from, to } = await resolveWindow(store, params)
  return all([
    whereOf(params, eventColumns, eventTexts),
    ...(from === null ? [] : [{ sql: '_time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: '_time <= ?', values: [to] }]),
    ...(params.stacks ? [inStacks('v.event', params.stacks)] : []),
  ])
}

/** Every event is in one row of ASR Rules Stacking. */
const countOfAll = `SELECT coalesce(sum(events), 0) AS total FROM detection_total WHERE detection IN (${detections.stacking.numbers.join(', ')})`
const countOf = ({ sql }: Condition): string =>
  `WITH kept AS MATERIALIZED (SELECT v.event FROM asr_event v WHERE ${sql}) SELECT count(*) AS total FROM kept`

/** One page of single events, newest first where the URL names no order. */
export async function selectEvents(store: Store, params: Params): Promise<Page<EventRow>> {
  const where = await filtered(store, params)
  const limit = params.limit ?? pageLength
  const page: [number, number] = [limit, (params.page - 1) * limit]
  const isSearched = params.q !== null || params.stack !== null || Object.keys(params.filters).length > 0
  return isSearched && params.sort.every(({ column }) => column === '_time')
    ? selectFound(store, params, where, page)
    : selectInOrder(store, params, where, page)
}

const orderOf = (params: Params): string => orderBy(params.sort, 'v.event', inView)

/** Walks the events in their order until the page is full, and counts them in a second question. */
async function selectInOrder(store: Store, params: Params, where: Condition, page: [number, number]) {
  // Without a filter the running totals know how many there are.
  const count = where.sql === 'true' ? countOfAll : countOf(where)
  const order = `ORDER BY ${orderOf(params)}`
  const isByTime = params.sort.every(({ column }) => column === '_time')
  const walked = `SELECT ${eventRowColumns} FROM asr_event v WHERE ${where.sql} ${order} LIMIT ? OFFSET ?`
  // What has to be sorted is sorted by its numbers alone; the rows are read of the page.
  const sorted = `WITH page AS MATERIALIZED (SELECT v.event FROM asr_event v WHERE ${where.sql} ${order} LIMIT ? OFFSET ?)
    SELECT ${eventRowColumns} FROM page CROSS JOIN asr_event v ON v.event = page.event ${order}`
  const [rows, [sum]] = await Promise.all([
    store.all<StoredEvent>(isByTime ? walked : sorted, [...where.values, ...page]),
    store.all<{ total: number }>(count, where.values),
  ])
  return { total: sum?.total ?? 0, rows: rows.map(eventRowOf) }
}

/** Finds all events first: a filter may fit so few that walking to them would be walking through all. */
async function selectFound(store: Store, params: Params, where: Condition, page: [number, number]) {
  const kept = `kept AS MATERIALIZED (SELECT v.event, _time FROM asr_event v WHERE ${where.sql})`
  const found = await store.all<StoredEvent & { total: number }>(
    `WITH ${kept}, page AS MATERIALIZED (SELECT * FROM kept v ORDER BY ${orderOf(params)} LIMIT ? OFFSET ?)
     SELECT ${eventRowColumns}, (SELECT count(*) FROM kept) AS total FROM page CROSS JOIN asr_event v ON v.event = page.event
     ORDER BY ${orderOf(params)}`,
    [...where.values, ...page],
  )
  if (found.length === 0 && page[1] > 0) {
    const [sum] = await store.all<{ total: number }>(countOf(where), where.values)
    return { total: sum?.total ?? 0, rows: [] }
  }
  return { total: found[0]?.total ?? 0, rows: found.map(({ total: _, ...row }) => eventRowOf(row)) }
}

/** Every event of the filter in its order, for exports. */
export async function* streamEvents(store: Store, params: Params): AsyncGenerator<EventRow[]> {
  const where = await filtered(store, params)
  const limit = params.limit === null ? [] : [params.limit, (params.page - 1) * params.limit]
  const rows = store.stream<StoredEvent>(
    `SELECT ${eventRowColumns} FROM asr_event v WHERE ${where.sql} ORDER BY ${orderBy(params.sort, 'v.event', inView)}
     ${limit.length === 0 ? '' : 'LIMIT ? OFFSET ?'}`,
    [...where.values, ...limit],
  )
  for await (const chunk of rows) yield chunk.map(eventRowOf)
}

type Candidate = KeyFields & { event: number }

/** The row number of an event, found among the events of the second and code that its key contains. */
async function findEvent(store: Store, key: string): Promise<number | null> {
  const read = readEventKey(key)
  if (read === null) return null
  const candidates = await store.all<Candidate>(
    `SELECT event, dest, EventCode, _time, EventRecordID, hex(hash) AS hash, ordinal FROM asr_event
     WHERE _time BETWEEN ? AND ? AND EventCode = ? ORDER BY event`,
    [read.second * 1000 - 999, read.second * 1000 + 999, read.EventCode],
  )
  return candidates.find((candidate) => keyOf(candidate) === key)?.event ?? null
}

/** Returns one event with every field it was logged with, by its key; null if there is none. */
export async function selectEvent(store: Store, key: string): Promise<EventDetail | null> {
  const number = await findEvent(store, key)
  if (number === null) return null
  const [row] = await store.all<StoredEvent & Pick<EventDetail, 'format' | 'stack'>>(
    `SELECT ${eventRowColumns}, (SELECT format FROM upload u WHERE u.id = v.upload) AS format,
       (SELECT hex(s.key) FROM event e JOIN stack s ON s.id = e.stack_id WHERE e.id = v.event) AS stack
     FROM asr_event v WHERE v.event = ?`,
    [number],
  )
  const sections = await store.logged(number)
  // An upload may be undone between the questions.
  if (row === undefined || sections === null) return null
  return {
    ...eventRowOf(row),
    stack: keyOfHex(row.stack),
    fields: sections.flatMap(([section, fields]) => fields.map(([name, value]) => ({ section, name, value }))),
  }
}

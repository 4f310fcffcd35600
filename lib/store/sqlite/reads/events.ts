import { detections } from '#lib/asr/detections.ts'
import { eventKey, readEventKey } from '#lib/asr/event-key.ts'
import type { EventDetail, EventRow, Page } from '#lib/model/rows.ts'
import type { Asked, EventQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { all, among, type Condition, inRange } from './condition.ts'
import { stacksAsked } from './found.ts'
import { keyOfHex } from './keys.ts'
import { inStacks } from './members.ts'
import { orderBy } from './order.ts'
import { pageOf } from './page.ts'
import { eventColumns, eventTexts, whereOf } from './where.ts'

/** Excluded paths that a 5007 added or removed. */
const exclusion = `CASE v."EventCode" WHEN 5007 THEN (
    SELECT group_concat(excluded.value, '|') FROM (
      SELECT DISTINCT x.value FROM event_change m CROSS JOIN stack s ON s.id = m.stack_id CROSS JOIN text x ON x.id = s.exclusion_id
      WHERE m.event_id = v.event ORDER BY x.value) excluded) END`

/** The columns of a row of events, of `asr_event v`, from which `eventRowOf` makes the row. */
export const eventRowColumns = `v.event, hex(v.hash) AS hash, v.ordinal, v._time, v.dest, v."EventCode", v."ID", v."ASR_Rule",
  v."Process_Name", v."Path", v."Parent_Commandline", v."Target_Commandline", v."User", v."Old_Value", v."New_Value",
  v."EventRecordID", ${exclusion} AS "Exclusion", v.upload,
  v."Signature_Version", v."Engine_Version"`

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

/** The events of the filter at any time: a condition on `asr_event v`. */
export function filteredEvents(asked: Asked): Condition {
  const stacks = stacksAsked(asked.found)
  return all([whereOf(asked, eventColumns, eventTexts), ...(stacks === null ? [] : [inStacks('v.event', stacks)])])
}

/** The events of the filter: a condition on `asr_event v`. */
const filtered = (question: EventQuestion): Condition =>
  all([filteredEvents(question), inRange('_time', question.range)])

/** Every event is in one row of ASR Rules Stacking. */
const countOfAll = `SELECT coalesce(sum(events), 0) AS total FROM detection_total WHERE ${among('detection', detections.stacking.numbers)}`
const countOf = ({ sql }: Condition): string =>
  `WITH kept AS MATERIALIZED (SELECT v.event FROM asr_event v WHERE ${sql}) SELECT count(*) AS total FROM kept`

/** One page of single events. */
export async function events(sql: Sql, question: EventQuestion): Promise<Page<EventRow>> {
  const where = filtered(question)
  const { text, stack, fields } = question.filter
  const isSearched = text !== null || stack !== null || Object.keys(fields).length > 0
  return isSearched && isByTime(question) ? foundFirst(sql, question, where) : inOrder(sql, question, where)
}

const isByTime = ({ sort }: EventQuestion): boolean => sort.every(({ column }) => column === '_time')
/** The order of events, of `asr_event v`. */
export const eventOrder = (sort: EventQuestion['sort']): string => orderBy(sort, 'v.event', inView)
const orderOf = ({ sort }: EventQuestion): string => eventOrder(sort)

/** Walks the events in their order until the page is full, and counts them in a second question. */
async function inOrder(sql: Sql, question: EventQuestion, where: Condition): Promise<Page<EventRow>> {
  const { limit, offset } = question.page
  // Without a filter the running totals know how many there are.
  const count = where.sql === 'true' ? countOfAll : countOf(where)
  const order = `ORDER BY ${orderOf(question)}`
  const walked = `SELECT ${eventRowColumns} FROM asr_event v WHERE ${where.sql} ${order} LIMIT ? OFFSET ?`
  // What has to be sorted is sorted by its numbers alone; the rows are read of the page.
  const sorted = `WITH page AS MATERIALIZED (SELECT v.event FROM asr_event v WHERE ${where.sql} ${order} LIMIT ? OFFSET ?)
    SELECT ${eventRowColumns} FROM page CROSS JOIN asr_event v ON v.event = page.event ${order}`
  const [rows, [sum]] = await Promise.all([
    sql.all<StoredEvent>(isByTime(question) ? walked : sorted, [...where.values, limit, offset]),
    sql.all<{ total: number }>(count, where.values),
  ])
  return { total: sum?.total ?? 0, rows: rows.map(eventRowOf) }
}

/** Finds all events first: a filter may fit so few that walking to them would be walking through all. */
async function foundFirst(sql: Sql, question: EventQuestion, where: Condition): Promise<Page<EventRow>> {
  const order = orderOf(question)
  const kept = `kept AS MATERIALIZED (SELECT v.event, _time FROM asr_event v WHERE ${where.sql})`
  const page = await pageOf(question.page, ({ limit, offset }) =>
    sql.all<StoredEvent & { total: number }>(
      `WITH ${kept}, page AS MATERIALIZED (SELECT * FROM kept v ORDER BY ${order} LIMIT ? OFFSET ?)
     SELECT ${eventRowColumns}, (SELECT count(*) FROM kept) AS total FROM page CROSS JOIN asr_event v ON v.event = page.event
     ORDER BY ${order}`,
      [...where.values, limit, offset],
    ),
  )
  return { total: page.total, rows: page.rows.map(eventRowOf) }
}

/** The events of the filter in its order, some hundreds at a time. */
export async function* eventRows(sql: Sql, question: EventQuestion): AsyncGenerator<EventRow[]> {
  const where = filtered(question)
  const { limit, offset } = question.page
  const rows = sql.stream<StoredEvent>(
    `SELECT ${eventRowColumns} FROM asr_event v WHERE ${where.sql} ORDER BY ${orderOf(question)} LIMIT ? OFFSET ?`,
    [...where.values, limit, offset],
  )
  for await (const chunk of rows) yield chunk.map(eventRowOf)
}

type Candidate = KeyFields & { event: number }

/** The row number of an event, found among the events of the second and code that its key contains. */
async function findEvent(sql: Sql, key: string): Promise<number | null> {
  const read = readEventKey(key)
  if (read === null) return null
  const candidates = await sql.all<Candidate>(
    `SELECT event, dest, "EventCode", _time, "EventRecordID", hex(hash) AS hash, ordinal FROM asr_event
     WHERE _time BETWEEN ? AND ? AND "EventCode" = ? ORDER BY event`,
    [read.second * 1000 - 999, read.second * 1000 + 999, read.EventCode],
  )
  return candidates.find((candidate) => keyOf(candidate) === key)?.event ?? null
}

/** Returns one event with every field it was logged with, by its key; null if there is none. */
export async function event(sql: Sql, key: string): Promise<EventDetail | null> {
  const number = await findEvent(sql, key)
  if (number === null) return null
  const [row] = await sql.all<StoredEvent & Pick<EventDetail, 'format' | 'stack'>>(
    `SELECT ${eventRowColumns}, (SELECT format FROM upload u WHERE u.id = v.upload) AS format,
       (SELECT hex(s.key) FROM event e JOIN stack s ON s.id = e.stack_id WHERE e.id = v.event) AS stack
     FROM asr_event v WHERE v.event = ?`,
    [number],
  )
  const sections = await sql.logged(number)
  // An upload may be undone between the questions.
  if (row === undefined || sections === null) return null
  return {
    ...eventRowOf(row),
    stack: keyOfHex(row.stack),
    fields: sections.flatMap(([section, fields]) => fields.map(([name, value]) => ({ section, name, value }))),
  }
}

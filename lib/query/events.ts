import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { search } from './found.ts'
import { orderBy, pageLength } from './page.ts'
import { all, type Condition } from './pattern.ts'
import type { EventDetail, EventRow, Page } from './rows.ts'
import { eventColumns, eventTexts, whereOf } from './where.ts'
import { resolveWindow } from './window.ts'

/** The columns of a row of events, of `asr_event v`. */
export const eventRowColumns = `v.event AS id, v._time, dest, EventCode, v.ID, ASR_Rule, Process_Name, Path, Parent_Commandline, Target_Commandline,
  User, Old_Value, New_Value, EventRecordID, upload`

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
    ...(params.stack === null
      ? []
      : [{ sql: 'v.event IN (SELECT event_id FROM event_stack WHERE stack_id = ?)', values: [params.stack] }]),
  ])
}

const countOf = ({ sql }: Condition): string =>
  `WITH kept AS MATERIALIZED (SELECT v.event FROM asr_event v WHERE ${sql}) SELECT count(*) AS total FROM kept`

/** One page of single events, newest first where the URL names no order. */
export async function selectEvents(store: Store, params: Params): Promise<Page<EventRow>> {
  const where = await filtered(store, params)
  const limit = params.limit ?? pageLength
  const page: [number, number] = [limit, (params.page - 1) * limit]
  const isSearched = params.q !== null || Object.keys(params.filters).length > 0
  return isSearched && params.sort.every(({ column }) => column === '_time')
    ? selectFound(store, params, where, page)
    : selectInOrder(store, params, where, page)
}

const orderOf = (params: Params): string => orderBy(params.sort, 'v.event', inView)

/** Walks the events in their order until the page is full, and counts them beside. */
async function selectInOrder(store: Store, params: Params, where: Condition, page: [number, number]) {
  // Without a filter the running totals know how many there are.
  const count = where.sql === 'true' ? 'SELECT coalesce(sum(count), 0) AS total FROM dest_rule' : countOf(where)
  const [rows, [sum]] = await Promise.all([
    store.all<EventRow>(
      `SELECT ${eventRowColumns} FROM asr_event v WHERE ${where.sql} ORDER BY ${orderOf(params)} LIMIT ? OFFSET ?`,
      [...where.values, ...page],
    ),
    store.all<{ total: number }>(count, where.values),
  ])
  return { total: sum?.total ?? 0, rows }
}

/** Finds all events first: a filter may fit so few that walking to them would be walking through all. */
async function selectFound(store: Store, params: Params, where: Condition, page: [number, number]) {
  const kept = `kept AS MATERIALIZED (SELECT v.event, _time FROM asr_event v WHERE ${where.sql})`
  const found = await store.all<EventRow & { total: number }>(
    `WITH ${kept}, page AS MATERIALIZED (SELECT * FROM kept v ORDER BY ${orderOf(params)} LIMIT ? OFFSET ?)
     SELECT ${eventRowColumns}, (SELECT count(*) FROM kept) AS total FROM page CROSS JOIN asr_event v ON v.event = page.event
     ORDER BY ${orderOf(params)}`,
    [...where.values, ...page],
  )
  if (found.length === 0 && page[1] > 0) {
    const [sum] = await store.all<{ total: number }>(countOf(where), where.values)
    return { total: sum?.total ?? 0, rows: [] }
  }
  return { total: found[0]?.total ?? 0, rows: found.map(({ total, ...row }) => row) }
}

/** Every event of the filter in its order, for exports. */
export async function* streamEvents(store: Store, params: Params): AsyncGenerator<EventRow[]> {
  const where = await filtered(store, params)
  const limit = params.limit === null ? [] : [params.limit, (params.page - 1) * params.limit]
  yield* store.stream<EventRow>(
    `SELECT ${eventRowColumns} FROM asr_event v WHERE ${where.sql} ORDER BY ${orderBy(params.sort, 'v.event', inView)}
     ${limit.length === 0 ? '' : 'LIMIT ? OFFSET ?'}`,
    [...where.values, ...limit],
  )
}

/** One event with every field it was logged with; null where there is none of that number. */
export async function selectEvent(store: Store, id: number): Promise<EventDetail | null> {
  const [row] = await store.all<EventRow & Pick<EventDetail, 'format'>>(
    `SELECT ${eventRowColumns}, (SELECT format FROM upload u WHERE u.id = v.upload) AS format FROM asr_event v WHERE v.event = ?`,
    [id],
  )
  if (row === undefined) return null
  const sections = (await store.logged(id)) ?? []
  return {
    ...row,
    fields: sections.flatMap(([section, fields]) => fields.map(([name, value]) => ({ section, name, value }))),
  }
}

/** The stack of *ASR Rules Stacking* an event is counted in. */
export async function stackOfEvent(store: Store, id: number): Promise<number | null> {
  const [row] = await store.all<{ id: number }>('SELECT stack_id AS id FROM event WHERE id = ?', [id])
  return row?.id ?? null
}

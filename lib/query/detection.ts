import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { search } from './found.ts'
import { type Hits, hitsFor, inHours } from './hits.ts'
import { orderBy, pageLength } from './page.ts'
import { all, type Condition } from './pattern.ts'
import type { DetectionPage, DetectionRow } from './rows.ts'
import { type Columns, fieldsElsewhere, whereOf } from './where.ts'
import { resolveWindow } from './window.ts'

const byProcess: Columns = {
  dest: 'v.dest_id',
  ID: 'v.rule_id',
  EventCode: 'v.EventCode',
  Process_Name: 'v.process_id',
  Path: 'v.path_id',
  feature: 'v.EventCode',
}
const byChange: Columns = { dest: 'v.dest_id', ID: 'v.rule_id', EventCode: 'v.EventCode', feature: 'v.EventCode' }

/** The columns of a stack that hold the by-fields of a detection. */
function columnsOf(key: DetectionKey): Columns {
  const { by } = detections[key]
  const command = (['Parent_Commandline', 'Target_Commandline'] as const).find((field) => by.includes(field))
  return command === undefined ? byChange : { ...byProcess, [command]: 'v.command_id' }
}

const sums = ['count', 'firstTime', 'lastTime']
const stackColumns: Record<string, string> = { count: 'count', firstTime: 'first_time', lastTime: 'last_time' }

/** The parts of a statement that gives the rows of a detection under a filter. */
async function filteredRows(store: Store, key: DetectionKey, asked: Params) {
  const params = await search(store, asked)
  const columns = columnsOf(key)
  const { view, numbers } = detections[key]
  const hits = hitsFor(params, await resolveWindow(store, params), columns, numbers)
  const filters = whereOf({ ...params, q: null }, columns)
  const within = (column: string): Condition =>
    params.stack === null ? filters : all([filters, { sql: `${column} = ?`, values: [params.stack] }])
  const mode = params.mode === 'faithful' ? 'faithful = 1' : 'true'
  // What needs no text is taken from the table that the view names texts for. Its index by count serves a whole detection;
  // under a filter, SQLite is kept from it.
  const ofStack = within('v.id')
  const detection = ofStack.sql === 'true' ? 'v.detection' : '+v.detection'
  const counted = { ...ofStack, sql: `stack v WHERE ${detection} IN (${numbers.join(', ')}) AND ${ofStack.sql}` }
  return {
    view,
    hits,
    counted,
    where: within('v.stack'),
    shown: params.faithful === null ? mode : `${mode} AND faithful = ${params.faithful}`,
  }
}

type Rows = Awaited<ReturnType<typeof filteredRows>>
type Sums = { total: number; events: number; faithfulEvents: number }

/** The sums are the same in both modes, so that they reconcile one with the other. */
const sumsOf = (shown: string): string =>
  `count(*) FILTER (WHERE ${shown}) AS total, coalesce(sum(count), 0) AS events,
   coalesce(sum(count) FILTER (WHERE faithful = 1), 0) AS faithfulEvents`

/** The columns of the table, its sums from `counts` and all else from the view. */
const selected = (key: DetectionKey, counts: string): string =>
  [
    'v.stack',
    'v.faithful',
    ...detections[key].columns.map((column) => `${sums.includes(column) ? counts : 'v'}."${column}" AS "${column}"`),
  ].join(', ')

const orderOf = (params: Params, counts: string): string =>
  orderBy(params.sort, 'v.stack', (column) => `${sums.includes(column) ? counts : 'v'}."${column}"`)

/** One page of a detection's table, and the sums that reconcile it with Splunk's. */
export async function selectDetection(store: Store, key: DetectionKey, params: Params): Promise<DetectionPage> {
  const rows = await filteredRows(store, key, params)
  const limit = params.limit ?? pageLength
  const page: [number, number] = [limit, (params.page - 1) * limit]
  return rows.hits === null
    ? selectTotals(store, key, params, rows, page)
    : selectHits(store, key, params, rows, rows.hits, page)
}

/** From the running totals: the page and the sums are two questions, each answered by an index. */
async function selectTotals(store: Store, key: DetectionKey, params: Params, rows: Rows, page: [number, number]) {
  const { view, where, counted, shown } = rows
  const isByCount = params.sort.every(({ column }) => sums.includes(column))
  const first = isByCount
    ? `SELECT v.id AS stack FROM ${counted.sql} AND ${shown}
       ORDER BY ${orderBy(params.sort, 'v.id', (column) => `v.${stackColumns[column]}`)} LIMIT ? OFFSET ?`
    : `SELECT v.stack FROM ${view} v WHERE ${where.sql} AND ${shown} ORDER BY ${orderOf(params, 'v')} LIMIT ? OFFSET ?`
  const [found, [sum]] = await Promise.all([
    store.all<DetectionRow>(
      `WITH page AS MATERIALIZED (${first})
       SELECT ${selected(key, 'v')} FROM page CROSS JOIN ${view} v ON v.stack = page.stack ORDER BY ${orderOf(params, 'v')}`,
      [...(isByCount ? counted : where).values, ...page],
    ),
    store.all<Sums>(`SELECT ${sumsOf(shown)} FROM ${counted.sql}`, counted.values),
  ])
  return { total: 0, events: 0, faithfulEvents: 0, ...sum, rows: found }
}

/** From what a range or the events themselves leave: counted once, for the page and the sums alike. */
async function selectHits(
  store: Store,
  key: DetectionKey,
  params: Params,
  { view, where, shown }: Rows,
  hits: Hits,
  page: [number, number],
) {
  const texts = params.sort.map(({ column }) => column).filter((column) => !sums.includes(column))
  const kept = [
    'v.stack',
    'v.faithful',
    ...sums.map((column) => `hit.${column}`),
    ...texts.map((column) => `v."${column}"`),
  ]
  const isPlain = hits.isHourly && texts.length === 0 && fieldsElsewhere(params, inHours).length === 0
  const joined = `SELECT ${kept.join(', ')} FROM hit CROSS JOIN ${view} v ON v.stack = hit.stack_id WHERE ${where.sql}`
  const counted = `hit AS MATERIALIZED (${hits.sql}),
     kept AS MATERIALIZED (${isPlain ? 'SELECT hit.*, stack_id AS stack FROM hit' : joined})`
  const values = isPlain ? hits.values : [...hits.values, ...where.values]
  const found = await store.all<Sums & DetectionRow>(
    `WITH ${counted},
     page AS MATERIALIZED (SELECT * FROM kept v WHERE ${shown} ORDER BY ${orderOf(params, 'v')} LIMIT ? OFFSET ?)
     SELECT sum.*, ${selected(key, 'page')} FROM (SELECT ${sumsOf(shown)} FROM kept) sum
     CROSS JOIN page CROSS JOIN ${view} v ON v.stack = page.stack ORDER BY ${orderOf(params, 'page')}`,
    [...values, ...page],
  )
  // A page without rows still has sums: what is left out must be counted.
  const [sum] =
    found.length > 0 ? found : await store.all<Sums>(`WITH ${counted} SELECT ${sumsOf(shown)} FROM kept`, values)
  const { total = 0, events = 0, faithfulEvents = 0 } = sum ?? {}
  return {
    total,
    events,
    faithfulEvents,
    rows: found.map(({ total: _, events: __, faithfulEvents: ___, ...row }) => row),
  }
}

/** Every row of a detection's table in its order, a few hundred at a time, for exports. */
export async function* streamDetection(
  store: Store,
  key: DetectionKey,
  params: Params,
): AsyncGenerator<DetectionRow[]> {
  const { view, hits, where, shown } = await filteredRows(store, key, params)
  const counts = hits === null ? 'v' : 'hit'
  const from = hits === null ? `${view} v` : `(${hits.sql}) hit CROSS JOIN ${view} v ON v.stack = hit.stack_id`
  const limit = params.limit === null ? [] : [params.limit, (params.page - 1) * params.limit]
  yield* store.stream<DetectionRow>(
    `SELECT ${selected(key, counts)} FROM ${from} WHERE ${where.sql} AND ${shown}
     ORDER BY ${orderOf(params, counts)} ${limit.length === 0 ? '' : 'LIMIT ? OFFSET ?'}`,
    [...(hits?.values ?? []), ...where.values, ...limit],
  )
}

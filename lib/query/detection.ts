import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { hitsFor } from './hits.ts'
import { orderBy, pageLength } from './page.ts'
import { all } from './pattern.ts'
import type { DetectionPage, DetectionRow } from './rows.ts'
import { type Columns, whereOf } from './where.ts'
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

const columnsOf: Record<DetectionKey, Columns> = {
  stacking: { ...byProcess, Parent_Commandline: 'v.command_id' },
  block: { ...byProcess, Parent_Commandline: 'v.command_id' },
  audit: { ...byProcess, Target_Commandline: 'v.command_id' },
  registry: byChange,
  disabled: byChange,
}

const sums = ['count', 'firstTime', 'lastTime']

/** The parts of a statement that gives the rows of a detection under a filter. `hits` counts them, else the running totals do. */
async function filteredRows(store: Store, key: DetectionKey, params: Params) {
  const columns = columnsOf[key]
  const hits = hitsFor(params, await resolveWindow(store, params), columns)
  const where = all([
    whereOf({ ...params, q: null }, columns),
    ...(params.stack === null ? [] : [{ sql: 'v.stack = ?', values: [params.stack] }]),
  ])
  const { view } = detections[key]
  return {
    counts: hits === null ? 'v' : 'hit',
    with: hits === null ? '' : `hit AS MATERIALIZED (${hits.sql})`,
    from: hits === null ? `${view} v` : `hit JOIN ${view} v ON v.stack = hit.stack_id`,
    where: where.sql,
    values: [...(hits?.values ?? []), ...where.values],
    view,
    shown: params.mode === 'faithful' ? 'v.faithful = 1' : 'true',
  }
}

type Rows = Awaited<ReturnType<typeof filteredRows>>

const withOnly = (rows: Rows): string => (rows.with === '' ? '' : `WITH ${rows.with}`)

const columnIn = (rows: Rows, column: string): string => `${sums.includes(column) ? rows.counts : 'v'}."${column}"`

/** One page of a detection's table, and the sums that reconcile it with Splunk's: these are the same in both modes. */
export async function selectDetection(store: Store, key: DetectionKey, params: Params): Promise<DetectionPage> {
  const rows = await filteredRows(store, key, params)
  const limit = params.limit ?? pageLength
  const order = orderBy(params.sort, 'v.stack', (column) => columnIn(rows, column))
  const page = store.all<DetectionRow>(
    `WITH ${rows.with === '' ? '' : `${rows.with},`} page AS MATERIALIZED (
       SELECT v.stack, ${sums.map((column) => columnIn(rows, column)).join(', ')}
       FROM ${rows.from} WHERE ${rows.where} AND ${rows.shown} ORDER BY ${order} LIMIT ? OFFSET ?)
     SELECT ${selected(key, 'page')} FROM page CROSS JOIN ${rows.view} v ON v.stack = page.stack
     ORDER BY ${orderBy(params.sort, 'v.stack', (column) => `${sums.includes(column) ? 'page' : 'v'}."${column}"`)}`,
    [...rows.values, limit, (params.page - 1) * limit],
  )
  const total = store.all<{ total: number; events: number; faithfulEvents: number }>(
    `${withOnly(rows)} SELECT count(*) FILTER (WHERE ${rows.shown}) AS total, coalesce(sum(${rows.counts}.count), 0) AS events,
       coalesce(sum(${rows.counts}.count) FILTER (WHERE v.faithful = 1), 0) AS faithfulEvents
     FROM ${rows.from} WHERE ${rows.where}`,
    rows.values,
  )
  const [sum] = await total
  return { total: 0, events: 0, faithfulEvents: 0, ...sum, rows: await page }
}

const selected = (key: DetectionKey, from: string): string =>
  [
    'v.stack',
    'v.faithful',
    ...detections[key].columns.map((column) => `${sums.includes(column) ? from : 'v'}."${column}" AS "${column}"`),
  ].join(', ')

/** Every row of a detection's table in its order, a few hundred at a time, for exports. */
export async function* streamDetection(
  store: Store,
  key: DetectionKey,
  params: Params,
): AsyncGenerator<DetectionRow[]> {
  const rows = await filteredRows(store, key, params)
  const order = orderBy(params.sort, 'v.stack', (column) => columnIn(rows, column))
  const limit = params.limit === null ? [] : [params.limit, (params.page - 1) * params.limit]
  yield* store.stream<DetectionRow>(
    `${withOnly(rows)} SELECT ${selected(key, rows.counts)} FROM ${rows.from} WHERE ${rows.where} AND ${rows.shown}
     ORDER BY ${order} ${limit.length === 0 ? '' : 'LIMIT ? OFFSET ?'}`,
    [...rows.values, ...limit],
  )
}

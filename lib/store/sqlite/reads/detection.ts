import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { DetectionPage, DetectionRow } from '#lib/model/rows.ts'
import { rowColumns } from '#lib/params/columns.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { DetectionQuestion, Sorted } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { all, among } from './condition.ts'
import { stacksAsked } from './found.ts'
import { type Hits, hitsFor, inHours, ofStacks } from './hits.ts'
import { keyOfHex } from './keys.ts'
import { changeStacks } from './members.ts'
import { orderAsRead } from './order.ts'
import { type Columns, fieldsWhere } from './where.ts'

const byProcess: Columns = {
  dest: 's.dest_id',
  ID: 's.rule_id',
  EventCode: 's."EventCode"',
  Process_Name: 's.process_id',
  Path: 's.path_id',
  feature: 's."EventCode"',
}
const byChange: Columns = { dest: 's.dest_id', ID: 's.rule_id', EventCode: 's."EventCode"', feature: 's."EventCode"' }

/** The columns of a stack with the by-fields of a detection. */
export function columnsOf(key: DetectionKey): Columns {
  const { by } = detections[key]
  const command = (['Parent_Commandline', 'Target_Commandline'] as const).find((field) => by.includes(field))
  return command === undefined ? byChange : { ...byProcess, [command]: 's.command_id' }
}

const totals: Record<string, string> = { count: 'count', firstTime: 'first_time', lastTime: 'last_time' }
const isTotal = (column: string): boolean => totals[column] !== undefined

/**
 * Conditions on the mode of a stack. Its `faithful` is 0 in complete mode only, 1 in both modes, 2 in faithful mode only;
 * the broadest detection of a family shows all of its rows in complete mode.
 */
function modesOf(key: DetectionKey) {
  const complete = detections[key].family === key ? 'true' : 'faithful < 2'
  const faithful = 'faithful > 0'
  return {
    complete,
    faithful,
    /** The rows that a table shows. */
    shown: (asked: Pick<DetectionQuestion, 'mode' | 'faithful'>): string => {
      const mode = asked.mode === 'faithful' ? faithful : complete
      if (asked.faithful === null) return mode
      return `${mode} AND ${asked.faithful === 1 ? faithful : 'faithful = 0'}`
    },
  }
}

/** The parts of a statement that returns the rows of a detection under a filter. */
export function filteredRows(question: Omit<DetectionQuestion, keyof Sorted>) {
  const key = question.detection
  const columns = columnsOf(key)
  const { view, numbers } = detections[key]
  const stacks = stacksAsked(question.found)
  return {
    view,
    hits: hitsFor(question.source, question, columns, numbers),
    /** A condition on `stack s`. */
    where: all([
      { sql: among('s.detection', numbers), values: [] },
      fieldsWhere(question, columns),
      ofStacks('s.id', stacks),
      { sql: question.isWeakened ? 's.weakened = 1' : 'true', values: [] },
    ]),
    isFiltered: stacks !== null || question.isWeakened || Object.keys(question.filter.fields).length > 0,
    shown: modesOf(key).shown(question),
  }
}

type Rows = ReturnType<typeof filteredRows>
type Sums = Omit<DetectionPage, 'rows'>
const noSums: Sums = { total: 0, events: 0, faithfulEvents: 0, droppedEvents: 0 }

/** A row as SQL returns it. */
type Stored = Omit<DetectionRow, 'stack'> & { stack: string }
const rowOf = ({ stack, ...row }: Stored): DetectionRow => ({ stack: keyOfHex(stack), ...row })

/** The sums are the same in both modes, so that they reconcile one with the other. */
const sumsOf = (key: DetectionKey, shown: string): string => {
  const { complete, faithful } = modesOf(key)
  return `count(*) FILTER (WHERE ${shown}) AS total, coalesce(sum(count) FILTER (WHERE ${complete}), 0) AS events,
   coalesce(sum(count) FILTER (WHERE ${faithful}), 0) AS "faithfulEvents",
   coalesce(sum(count) FILTER (WHERE ${complete} AND NOT ${faithful}), 0) AS "droppedEvents"`
}

/** The columns of the table, its totals from `counts` and all else from the view. */
const selected = (key: DetectionKey, counts: string): string =>
  [
    'hex(v.key) AS stack',
    'v.faithful',
    ...rowColumns[key].map((column) => `${isTotal(column) ? counts : 'v'}."${column}" AS "${column}"`),
  ].join(', ')

const orderOf = ({ sort }: DetectionQuestion, counts: string): string =>
  orderAsRead(sort, 'v.stack', (column) => `${isTotal(column) ? counts : 'v'}."${column}"`)

/** Returns one page of a detection's table, and the sums that reconcile it with Splunk's. */
export async function detection(sql: Sql, question: DetectionQuestion): Promise<DetectionPage> {
  const rows = filteredRows(question)
  return rows.hits === null ? ofTotals(sql, question, rows) : ofHits(sql, question, rows, rows.hits)
}

/** The values of `LIMIT ? OFFSET ?`. */
const limits = ({ limit, offset }: PageRange): [number, number] => [limit, offset]

/**
 * From the running totals: the page and the sums are two questions. Without a filter, the totals alone answer both; with
 * one, the stacks are filtered first, and the totals are read of those that fit.
 */
async function ofTotals(sql: Sql, question: DetectionQuestion, rows: Rows): Promise<DetectionPage> {
  const { detection: key, sort } = question
  const page = limits(question.page)
  const { view, where, isFiltered, shown } = rows
  const { numbers } = detections[key]
  const isOfChanges = detections[key].family === 'registry'
  const isByTotal = sort.every(({ column }) => isTotal(column))
  // Changes are few, so that their stacks are read instead of all.
  const stacks =
    isOfChanges && (!isFiltered || question.isWeakened)
      ? `${changeStacks} c CROSS JOIN stack s ON s.id = c.id`
      : 'stack s'
  const counted = isFiltered
    ? {
        sql: `(SELECT t.* FROM ${stacks} CROSS JOIN stack_total t ON t.detection = s.detection AND t.id = s.id WHERE ${where.sql}) t`,
        values: where.values,
      }
    : {
        sql: `(SELECT * FROM stack_total WHERE ${among('detection', numbers)}) t`,
        values: [],
      }
  const sums = isFiltered
    ? `SELECT ${sumsOf(key, shown)} FROM ${counted.sql}`
    : `SELECT coalesce(sum(stacks) FILTER (WHERE ${shown}), 0) AS total, coalesce(sum(events) FILTER (WHERE ${modesOf(key).complete}), 0) AS events,
       coalesce(sum(events) FILTER (WHERE ${modesOf(key).faithful}), 0) AS "faithfulEvents",
       coalesce(sum(events) FILTER (WHERE ${modesOf(key).complete} AND NOT ${modesOf(key).faithful}), 0) AS "droppedEvents"
       FROM detection_total WHERE ${among('detection', numbers)}`
  const first = isByTotal
    ? {
        sql: `SELECT id AS stack FROM ${counted.sql} WHERE ${shown}
         ORDER BY ${orderAsRead(sort, 'id', (column) => String(totals[column]))} LIMIT ? OFFSET ?`,
        values: counted.values,
      }
    : {
        sql: `SELECT v.stack FROM (SELECT s.id, s.faithful FROM ${stacks}
           WHERE ${where.sql}) s CROSS JOIN ${view} v ON v.stack = s.id
         WHERE ${shown.replaceAll('faithful', 's.faithful')} ORDER BY ${orderOf(question, 'v')} LIMIT ? OFFSET ?`,
        values: where.values,
      }
  const [found, [sum]] = await Promise.all([
    sql.all<Stored>(
      `WITH page AS MATERIALIZED (${first.sql})
       SELECT ${selected(key, 'v')} FROM page CROSS JOIN ${view} v ON v.stack = page.stack ORDER BY ${orderOf(question, 'v')}`,
      [...first.values, ...page],
    ),
    sql.all<Sums>(sums, isFiltered ? counted.values : []),
  ])
  return { ...noSums, ...sum, rows: found.map(rowOf) }
}

/** From what a range or the events themselves leave: counted once, for the page and the sums alike. */
async function ofHits(
  sql: Sql,
  question: DetectionQuestion,
  { view, where, shown }: Rows,
  hits: Hits,
): Promise<DetectionPage> {
  const key = question.detection
  const texts = question.sort.map(({ column }) => column).filter((column) => !isTotal(column))
  const isInHours = Object.keys(question.filter.fields).every((field) => field in inHours)
  const isPlain = hits.isHourly && texts.length === 0 && isInHours && !question.isWeakened
  const joined = `SELECT s.id AS stack, s.faithful, ${[
    ...Object.keys(totals).map((column) => `hit."${column}"`),
    ...texts.map((column) => `v."${column}"`),
  ].join(', ')}
    FROM hit CROSS JOIN stack s ON s.id = hit.stack_id ${texts.length === 0 ? '' : `CROSS JOIN ${view} v ON v.stack = s.id`}
    WHERE ${where.sql}`
  const counted = `hit AS MATERIALIZED (${hits.sql}),
     kept AS MATERIALIZED (${isPlain ? 'SELECT hit.*, stack_id AS stack FROM hit' : joined})`
  const values = isPlain ? hits.values : [...hits.values, ...where.values]
  const sums = sumsOf(key, shown)
  const found = await sql.all<Sums & Stored>(
    `WITH ${counted},
     page AS MATERIALIZED (SELECT * FROM kept v WHERE ${shown} ORDER BY ${orderOf(question, 'v')} LIMIT ? OFFSET ?)
     SELECT sum.*, ${selected(key, 'page')} FROM (SELECT ${sums} FROM kept) sum
     CROSS JOIN page CROSS JOIN ${view} v ON v.stack = page.stack ORDER BY ${orderOf(question, 'page')}`,
    [...values, ...limits(question.page)],
  )
  // A page without rows still has sums: what is left out must be counted.
  const [sum] = found.length > 0 ? found : await sql.all<Sums>(`WITH ${counted} SELECT ${sums} FROM kept`, values)
  const { total, events, faithfulEvents, droppedEvents } = sum ?? noSums
  const rows = found.map(({ total: _, events: __, faithfulEvents: ___, droppedEvents: ____, ...row }) => rowOf(row))
  return { total, events, faithfulEvents, droppedEvents, rows }
}

/** Returns the rows of a detection's table in its order, some hundreds at a time. */
export async function* detectionRows(sql: Sql, question: DetectionQuestion): AsyncGenerator<DetectionRow[]> {
  const { view, hits, where, shown } = filteredRows(question)
  const counts = hits === null ? 'v' : 'hit'
  const from = hits === null ? 'stack s' : `(${hits.sql}) hit CROSS JOIN stack s ON s.id = hit.stack_id`
  const rows = sql.stream<Stored>(
    `SELECT ${selected(question.detection, counts)} FROM ${from} CROSS JOIN ${view} v ON v.stack = s.id
     WHERE ${where.sql} AND ${shown.replaceAll('faithful', 's.faithful')}
     ORDER BY ${orderOf(question, counts)} LIMIT ? OFFSET ?`,
    [...(hits?.values ?? []), ...where.values, ...limits(question.page)],
  )
  for await (const chunk of rows) yield chunk.map(rowOf)
}

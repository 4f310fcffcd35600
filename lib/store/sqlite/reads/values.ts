import { detections } from '#lib/asr/detections.ts'
import type { ValuePage } from '#lib/model/rows.ts'
import type { ValueQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { all, among, any, type Condition, inRange, textFits } from './condition.ts'
import { countsSql } from './counts.ts'
import { columnsOf, filteredRows } from './detection.ts'
import { stacksAsked } from './found.ts'
import { eventsOfStacks } from './hits.ts'
import { eventColumns, eventTexts, whereOf } from './where.ts'

const inCounts: Record<string, string> = { dest: 'dest_id', ID: 'rule_id', EventCode: '"EventCode"' }

/** SQL of `id, count`: the numbers that a field has, with their events. */
function counted(question: ValueQuestion): Condition {
  const { detection: key, field, grain } = question
  if (grain === 'rule') {
    const { sql, values } = countsSql({ ...question, grain })
    return {
      sql: `SELECT ${inCounts[field]} AS id, sum(count) AS count FROM (${sql}) c GROUP BY ${inCounts[field]}`,
      values,
    }
  }
  if (grain === 'event') return countedEvents(question)
  const column = columnsOf(key)[field]
  const { hits, where, shown } = filteredRows(question)
  const condition = `${where.sql} AND ${shown.replaceAll('faithful', 's.faithful')}`
  const rows =
    hits === null
      ? `stack s CROSS JOIN stack_total c ON c.detection = s.detection AND c.id = s.id`
      : `(${hits.sql}) c CROSS JOIN stack s ON s.id = c.stack_id`
  return {
    sql: `SELECT ${column} AS id, sum(c.count) AS count FROM ${rows} WHERE ${condition} GROUP BY ${column}`,
    values: [...(hits?.values ?? []), ...where.values],
  }
}

/** Counts event by event. Where a detection has every event of its codes once, its stacks need not be read. */
function countedEvents(question: ValueQuestion): Condition {
  const { detection: key, field, mode, faithful } = question
  const { family, codes, numbers } = detections[key]
  const column = `e.${eventColumns[field]}`
  const stacks = stacksAsked(question.found)
  if (family !== 'registry' && mode === 'complete' && faithful === null && stacks === null) {
    const where = all([
      { sql: key === 'stacking' ? 'true' : among('e."EventCode"', codes), values: [] },
      whereOf(question, eventColumns, eventTexts),
      inRange('e.time', question.range),
    ])
    return {
      sql: `SELECT ${column} AS id, count(*) AS count FROM event e WHERE ${where.sql} GROUP BY ${column}`,
      values: where.values,
    }
  }
  const { where, shown } = filteredRows({ ...question, source: 'events' })
  const members = eventsOfStacks(question, columnsOf(key), numbers)
  return {
    sql: `SELECT ${column} AS id, count(*) AS count FROM (${members.sql}) m CROSS JOIN stack s ON s.id = m.stack_id
      CROSS JOIN event e ON e.id = m.event_id WHERE ${where.sql} AND ${shown.replaceAll('faithful', 's.faithful')} GROUP BY ${column}`,
    values: [...members.values, ...where.values],
  }
}

/** A text without the case of its letters, as filters fold it. Of ASCII alone SQLite does so itself. */
const folded = `CASE WHEN octet_length(value) = length(value) THEN lower(value) ELSE text_fold(value) END`

/** SQL of `value, key, count`, one row a number: `key` is the value without the case of its letters. */
function named(field: ValueQuestion['field']): string {
  if (field === 'EventCode') return "SELECT hit.id || '' AS value, hit.id || '' AS key, hit.count FROM hit"
  if (field === 'dest') return 'SELECT d.name AS value, d.key, hit.count FROM hit CROSS JOIN dest d ON d.id = hit.id'
  return `SELECT value, ${folded} AS key, count FROM (
    SELECT coalesce(t.value, 'NULL') AS value, hit.count FROM hit LEFT JOIN text t ON t.id = hit.id) n`
}

/** The most frequent values of a field. Filters do not regard case, so spellings that differ in it only are counted together. */
export async function values(sql: Sql, question: ValueQuestion): Promise<ValuePage> {
  const { field, find, limit } = question
  const hits = counted(question)
  const found = find.length === 0 ? { sql: 'true', values: [] } : any(find.map((pattern) => textFits('value', pattern)))
  const rows = await sql.all<ValuePage['rows'][number] & Omit<ValuePage, 'rows'>>(
    `WITH hit AS MATERIALIZED (${hits.sql}),
     folded AS MATERIALIZED (
       SELECT key, min(value) AS value, sum(count) AS count FROM (${named(field)}) v WHERE ${found.sql} GROUP BY key)
     SELECT value, count, count(*) OVER () AS total, sum(count) OVER () AS events FROM folded ORDER BY count DESC, key LIMIT ?`,
    [...hits.values, ...found.values, limit],
  )
  const { total = 0, events = 0 } = rows[0] ?? {}
  return { total, events, rows: rows.map(({ value, count }) => ({ value, count })) }
}

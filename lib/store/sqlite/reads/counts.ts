import { codes, type Mode } from '#lib/asr/codes.ts'
import { detections } from '#lib/asr/detections.ts'
import type { CountQuestion } from '#lib/store/reads.ts'
import { among, type Condition } from './condition.ts'
import { hitsFor, hourlyHits, inHours } from './hits.ts'
import { type Columns, fieldsWhere } from './where.ts'

const modes = Object.entries(codes)

/** Four sums over a column of codes, one for each mode: `block, audit, override, configuration`. */
export const byMode = (code: string, count: string): string =>
  (['block', 'audit', 'override', 'configuration'] satisfies Mode[])
    .map((mode) => {
      const found = modes.filter(([, each]) => each.mode === mode).map(([each]) => Number(each))
      return `coalesce(sum(${count}) FILTER (WHERE ${among(code, found)}), 0) AS ${mode}`
    })
    .join(', ')

const ofStack: Columns = { ...inHours, Process_Name: 'process_id', Path: 'path_id', Parent_Commandline: 'command_id' }

/** SQL of the counts `dest_id, EventCode, rule_id, count, first, last` of a filter. */
export function countsSql(question: CountQuestion): Condition {
  const { grain, source, range } = question
  const { numbers } = detections.stacking
  if (grain === 'rule') {
    const where = fieldsWhere(question, inHours)
    const rows = source === 'totals' ? { sql: 'SELECT * FROM dest_rule', values: [] } : hourlyHits(range, numbers)
    return {
      sql: `SELECT dest_id, "EventCode", rule_id, count, first_time AS first, last_time AS last FROM (${rows.sql}) c WHERE ${where.sql}`,
      values: [...rows.values, ...where.values],
    }
  }
  const hits = hitsFor(source, question, ofStack, numbers)
  const where = fieldsWhere(question, ofStack)
  if (hits === null) {
    // The plus keeps SQLite from reading the stacks host by host, in the order of an index, to group them.
    return {
      sql: `SELECT s.dest_id, s."EventCode", s.rule_id, t.count, t.first_time AS first, t.last_time AS last
        FROM (SELECT id, detection, +dest_id AS dest_id, "EventCode", rule_id FROM stack WHERE ${among('detection', numbers)} AND ${where.sql}) s
        CROSS JOIN stack_total t ON t.detection = s.detection AND t.id = s.id`,
      values: where.values,
    }
  }
  return {
    sql: `SELECT stack.dest_id, stack."EventCode", rule_id, hit.count, hit."firstTime" AS first, hit."lastTime" AS last
      FROM (${hits.sql}) hit CROSS JOIN stack ON stack.id = hit.stack_id WHERE ${among('stack.detection', numbers)} AND ${where.sql}`,
    values: [...hits.values, ...where.values],
  }
}

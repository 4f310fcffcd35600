import { detections } from '#lib/asr/detections.ts'
import type { FleetStack } from '#lib/model/rows.ts'
import type { FleetQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { all, type Condition } from './condition.ts'
import { hourlyHits } from './hits.ts'

const orders: Record<FleetQuestion['order'], string> = {
  rarest: 'f.dests, f.count, f.last_time DESC',
  'most-frequent': 'f.count DESC',
  new: 'f.dests, f.first_time DESC',
}

const isIn = (time: 'first' | 'last') => `f.${time}_time > ? AND f.${time}_time <= ?`

/**
 * The condition that a stack has an event in a range: its first or its last one, or else, if it was seen before the range and
 * after it, one of the hours within.
 */
function seenIn({ after, to }: { after: number; to: number }): Condition {
  const hits = hourlyHits({ from: after + 1, to }, detections.stacking.numbers)
  return {
    sql: `((${isIn('first')}) OR (${isIn('last')}) OR (f.first_time <= ? AND f.last_time > ? AND f.id IN (
      SELECT s.fleet_id FROM (${hits.sql}) h CROSS JOIN stack s ON s.id = h.stack_id)))`,
    values: [after, to, after, to, after, to, ...hits.values],
  }
}

function withinOf(within: FleetQuestion['within']): Condition {
  if (within === null) return { sql: 'true', values: [] }
  return within.time === 'any' ? seenIn(within) : { sql: isIn('first'), values: [within.after, within.to] }
}

const whereOf = (within: FleetQuestion['within']): Condition =>
  all([{ sql: 'f."EventCode" <> 5007', values: [] }, withinOf(within)])

/**
 * Stacks counted over all hosts: one process and target under one rule, whatever the host. Configuration changes
 * name no process and are left to their own tables. The host of a stack on one host is that of its newest event.
 */
export function fleet(sql: Sql, { order, within, page: { limit, offset } }: FleetQuestion): Promise<FleetStack[]> {
  const where = whereOf(within)
  return sql.all<FleetStack>(
    `SELECT coalesce(rule.value, 'NULL') AS "ID", coalesce(asr_rule."ASR_Rule", 'NULL') AS "ASR_Rule",
       coalesce(process.value, 'NULL') AS "Process_Name", coalesce(path.value, 'NULL') AS "Path",
       f."EventCode", f.dests, f.count, f.first_time AS "firstTime", f.last_time AS "lastTime",
       CASE WHEN f.dests = 1 THEN (
         SELECT d.name FROM event e JOIN dest d ON d.id = e.dest_id
         WHERE e.time = f.last_time AND e.process_id = f.process_id AND e.path_id = f.path_id AND e.rule_id = f.rule_id
           AND e."EventCode" = f."EventCode" LIMIT 1) END AS dest
     FROM (SELECT * FROM fleet f WHERE ${where.sql} ORDER BY ${orders[order]}, f.id LIMIT ? OFFSET ?) f
     LEFT JOIN text rule ON rule.id = f.rule_id
     LEFT JOIN text process ON process.id = f.process_id
     LEFT JOIN text path ON path.id = f.path_id
     LEFT JOIN asr_rule ON asr_rule."ID" = rule.value
     ORDER BY ${orders[order]}, f.id`,
    [...where.values, limit, offset],
  )
}

/** How many stacks of the fleet a question finds on all its pages. */
export async function countFleet(sql: Sql, within: FleetQuestion['within']): Promise<number> {
  const where = whereOf(within)
  const [sum] = await sql.all<{ total: number }>(
    `SELECT count(*) AS total FROM fleet f WHERE ${where.sql}`,
    where.values,
  )
  return sum?.total ?? 0
}

import type { FleetStack } from '#lib/model/rows.ts'
import type { FleetQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { all, type Condition } from './condition.ts'

const orders: Record<FleetQuestion['order'], string> = {
  rarest: 'f.dests, f.count, f.last_time DESC',
  'most-frequent': 'f.count DESC',
  new: 'f.dests, f.first_time DESC',
}

const withinOf = (within: FleetQuestion['within']): Condition =>
  within === null
    ? { sql: 'true', values: [] }
    : { sql: `f.${within.time}_time > ? AND f.${within.time}_time <= ?`, values: [within.after, within.to] }

/**
 * Stacks counted over the complete fleet: one process and target under one rule, whatever the dest. Configuration changes
 * name no process and are left to their own tables.
 */
export function fleet(sql: Sql, { order, within, limit }: FleetQuestion): Promise<FleetStack[]> {
  const where = all([{ sql: 'f."EventCode" <> 5007', values: [] }, withinOf(within)])
  return sql.all<FleetStack>(
    `SELECT coalesce(rule.value, 'NULL') AS "ID", coalesce(asr_rule."ASR_Rule", 'NULL') AS "ASR_Rule",
       coalesce(process.value, 'NULL') AS "Process_Name", coalesce(path.value, 'NULL') AS "Path",
       f."EventCode", f.dests, f.count, f.first_time AS "firstTime", f.last_time AS "lastTime"
     FROM (SELECT * FROM fleet f WHERE ${where.sql} ORDER BY ${orders[order]}, f.id LIMIT ?) f
     LEFT JOIN text rule ON rule.id = f.rule_id
     LEFT JOIN text process ON process.id = f.process_id
     LEFT JOIN text path ON path.id = f.path_id
     LEFT JOIN asr_rule ON asr_rule."ID" = rule.value
     ORDER BY ${orders[order]}, f.id`,
    [...where.values, limit],
  )
}

import type { Store, Value } from '#lib/store/store.ts'
import type { FleetStack } from './rows.ts'

type Choice = { where?: string; values?: Value[]; having?: string; order: string; limit: number }

/**
 * Stacks counted over the whole fleet: one process and target under one rule, whatever the dest. Configuration changes
 * name no process and are left to their own tables.
 */
export function selectFleetStacks(
  store: Store,
  { where, values = [], having, order, limit }: Choice,
): Promise<FleetStack[]> {
  return store.all<FleetStack>(
    `WITH fleet AS (
       SELECT rule_id, process_id, path_id, EventCode, count(DISTINCT dest_id) AS dests, sum(count) AS count,
         min(first_time) AS firstTime, max(last_time) AS lastTime, min(id) AS place
       FROM stack WHERE grain = 1 AND EventCode <> 5007 ${where === undefined ? '' : `AND ${where}`}
       GROUP BY rule_id, process_id, path_id, EventCode ${having === undefined ? '' : `HAVING ${having}`}
       ORDER BY ${order}, place LIMIT ?)
     SELECT coalesce(rule.value, 'NULL') AS ID, coalesce(asr_rule.ASR_Rule, 'NULL') AS ASR_Rule,
       coalesce(process.value, 'NULL') AS Process_Name, coalesce(path.value, 'NULL') AS Path,
       EventCode, dests, count, firstTime, lastTime
     FROM fleet
     LEFT JOIN text rule ON rule.id = rule_id
     LEFT JOIN text process ON process.id = process_id
     LEFT JOIN text path ON path.id = path_id
     LEFT JOIN asr_rule ON asr_rule.ID = rule.value
     ORDER BY ${order}, place`,
    [...values, limit],
  )
}

import type { Store, Value } from '#lib/store/store.ts'
import type { FleetStack } from './rows.ts'

type Choice = { where?: string; values?: Value[]; order: string; limit: number }

/**
 * Stacks counted over the whole fleet: one process and target under one rule, whatever the dest. Configuration changes
 * name no process and are left to their own tables.
 */
export function selectFleetStacks(
  store: Store,
  { where = 'true', values = [], order, limit }: Choice,
): Promise<FleetStack[]> {
  return store.all<FleetStack>(
    `SELECT coalesce(rule.value, 'NULL') AS ID, coalesce(asr_rule.ASR_Rule, 'NULL') AS ASR_Rule,
       coalesce(process.value, 'NULL') AS Process_Name, coalesce(path.value, 'NULL') AS Path,
       f.EventCode, f.dests, f.count, f.first_time AS firstTime, f.last_time AS lastTime
     FROM (SELECT * FROM fleet WHERE EventCode <> 5007 AND ${where} ORDER BY ${order}, id LIMIT ?) f
     LEFT JOIN text rule ON rule.id = f.rule_id
     LEFT JOIN text process ON process.id = f.process_id
     LEFT JOIN text path ON path.id = f.path_id
     LEFT JOIN asr_rule ON asr_rule.ID = rule.value
     ORDER BY ${order}, f.id`,
    [...values, limit],
  )
}

import { detections } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { search } from './found.ts'
import { hitsFor, hourlyHits, inHours, isWhole } from './hits.ts'
import type { Condition } from './pattern.ts'
import { type Columns, fieldsElsewhere, whereOf } from './where.ts'
import { resolveWindow } from './window.ts'

const ofStack: Columns = { ...inHours, Process_Name: 'process_id', Path: 'path_id', Parent_Commandline: 'command_id' }

/**
 * SQL of the counts `dest_id, EventCode, rule_id, count, first, last` of a filter: from the running totals of dest and
 * rule or their hours where these suffice, else from the stacks that the filter and the range leave.
 */
export async function countsSql(store: Store, asked: Params): Promise<Condition> {
  const params = await search(store, asked)
  const window = await resolveWindow(store, params)
  const { numbers } = detections.stacking
  const isByRule = params.q === null && fieldsElsewhere(params, inHours).length === 0
  if (isByRule) {
    const where = whereOf(params, inHours)
    const hours = isWhole(window) ? { sql: 'dest_rule', values: [] } : hourlyHits(window, numbers)
    return {
      sql: `SELECT dest_id, EventCode, rule_id, count, first_time AS first, last_time AS last FROM (${hours.sql}) WHERE ${where.sql}`,
      values: [...hours.values, ...where.values],
    }
  }
  const hits = hitsFor(params, window, ofStack, numbers)
  const where = whereOf({ ...params, q: null }, ofStack)
  if (hits === null) {
    // The plus keeps SQLite from reading the stacks host by host, in the order of an index, to group them.
    return {
      sql: `SELECT s.dest_id, s.EventCode, s.rule_id, t.count, t.first_time AS first, t.last_time AS last
        FROM (SELECT id, detection, +dest_id AS dest_id, EventCode, rule_id FROM stack WHERE detection IN (${numbers.join(', ')}) AND ${where.sql}) s
        CROSS JOIN stack_total t ON t.detection = s.detection AND t.id = s.id`,
      values: where.values,
    }
  }
  return {
    sql: `SELECT stack.dest_id, stack.EventCode, rule_id, hit.count, hit.firstTime AS first, hit.lastTime AS last
      FROM (${hits.sql}) hit CROSS JOIN stack ON stack.id = hit.stack_id WHERE stack.detection IN (${numbers.join(', ')}) AND ${where.sql}`,
    values: [...hits.values, ...where.values],
  }
}

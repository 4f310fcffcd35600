import { hourLength } from '#lib/asr/hours.ts'
import type { Range } from '#lib/store/reads.ts'
import { startOf } from '../sql-hours.ts'
import type { Condition } from './condition.ts'
import { splitRange } from './hits.ts'

/**
 * SQL of events counted by hour, code and rule in a range: `hour, EventCode, rule_id, count`. Whole hours come from the rollup; of an
 * hour that an end of the range cuts, events are read one by one.
 */
export function ruleHours(range: Range): Condition {
  const { first, last, cuts } = splitRange(range)
  const full = 'SELECT hour, "EventCode", rule_id, count FROM hour_rule WHERE hour BETWEEN ? AND ?'
  const cut = `SELECT ${startOf('time', hourLength)} / ${hourLength} AS hour, "EventCode", rule_id, 1 AS count
    FROM event WHERE time BETWEEN ? AND ?`
  return { sql: [full, ...cuts.map(() => cut)].join(' UNION ALL '), values: [first, last, ...cuts.flat()] }
}

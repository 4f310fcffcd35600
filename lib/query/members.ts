import { detections } from '#lib/asr/detections.ts'
import type { Condition } from './pattern.ts'

/** SQL for each way an event is in a result row: by its own columns, or by the rules that a 5007 changed. */
const ways = [
  { numbers: detections.stacking.numbers, sql: 'SELECT stack_id, time, id AS event_id FROM fitting' },
  {
    numbers: detections.audit.numbers,
    sql: 'SELECT audit_id AS stack_id, time, id AS event_id FROM fitting WHERE audit_id <> 0',
  },
  {
    numbers: detections.registry.numbers,
    sql: `SELECT m.stack_id, m.time, m.event_id FROM stack s
      CROSS JOIN event_stack m ON m.stack_id = s.id
      CROSS JOIN (SELECT id FROM fitting WHERE EventCode = 5007) e ON e.id = m.event_id
      WHERE s.detection IN (${detections.registry.numbers.join(', ')})`,
  },
]

/**
 * SQL of the result rows that events are in, `stack_id, time, event_id`: of the events that fit a condition on `event e`, in the
 * detections of `numbers` at least.
 */
export function membersOf(fitting: Condition, numbers: readonly number[]): Condition {
  const asked = ways.filter((way) => way.numbers.some((number) => numbers.includes(number)))
  return {
    sql: `WITH fitting AS MATERIALIZED (
        SELECT id, dest_id, EventCode, time, stack_id, audit_id FROM event e WHERE ${fitting.sql})
      ${asked.map(({ sql }) => sql).join(' UNION ALL ')}`,
    values: fitting.values,
  }
}

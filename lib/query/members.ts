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
    sql: `SELECT s.id AS stack_id, e.time, e.id AS event_id FROM fitting e
      CROSS JOIN stack s ON s.dest_id = e.dest_id AND s.detection IN (${detections.registry.numbers.join(', ')})
      CROSS JOIN event_stack m ON m.stack_id = s.id AND m.time = e.time AND m.event_id = e.id
      WHERE e.EventCode = 5007`,
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

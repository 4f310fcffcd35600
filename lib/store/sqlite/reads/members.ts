import { detections } from '#lib/asr/detections.ts'
import { among, any, type Condition } from './condition.ts'
import type { Stack } from './found.ts'

/** SQL for each way an event is in a result row: by its own columns, or by what a 5007 changed. */
const ways = [
  { numbers: detections.stacking.numbers, sql: 'SELECT stack_id, time, id AS event_id FROM fitting' },
  {
    numbers: detections.audit.numbers,
    sql: 'SELECT audit_id AS stack_id, time, id AS event_id FROM fitting WHERE audit_id <> 0',
  },
  {
    numbers: detections.registry.numbers,
    sql: `SELECT m.stack_id, e.time, m.event_id FROM fitting e CROSS JOIN event_change m ON m.event_id = e.id
      WHERE e."EventCode" = 5007`,
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
        SELECT id, "EventCode", time, stack_id, audit_id FROM event e WHERE ${fitting.sql})
      ${asked.map(({ sql }) => sql).join(' UNION ALL ')}`,
    values: fitting.values,
  }
}

/** SQL of the numbers of the stacks of configuration changes, which are few: an index on their events names them. */
export const changeStacks = '(SELECT DISTINCT stack_id AS id FROM event_change)'

/** A second of the identity index, which truncates towards zero. */
const secondOf = (time: number): number => Math.trunc(time / 1000)

/** The events of some hosts within a range, found by the identity index: a condition on `event`. */
export const ofDestsWithin = (dests: readonly number[], from: number, to: number): Condition => ({
  sql: `${among('dest_id', dests)} AND time / 1000 BETWEEN ? AND ? AND +time BETWEEN ? AND ?`,
  values: [secondOf(from), secondOf(to), from, to],
})

/** The events of a stack: those of its host within its time that name it, or the changes that do. SQL of their numbers. */
function eventsOf({ id, detection, dest_id, first, last }: Stack): Condition {
  if (detections.registry.numbers.includes(detection))
    return { sql: 'SELECT event_id FROM event_change WHERE stack_id = ?', values: [id] }
  const column = detections.audit.numbers.includes(detection) ? 'audit_id' : 'stack_id'
  return {
    sql: `SELECT id FROM event WHERE dest_id = ? AND time / 1000 BETWEEN ? AND ? AND ${column} = ?`,
    values: [dest_id, secondOf(first), secondOf(last), id],
  }
}

/** The events of some stacks, of which there may be none: a condition on the number of an event. */
export const inStacks = (column: string, stacks: readonly Stack[]): Condition =>
  any(
    stacks.map((stack) => {
      const { sql, values } = eventsOf(stack)
      return { sql: `${column} IN (${sql})`, values }
    }),
  )

import { detections } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import { all, any, anywhere, type Condition } from './pattern.ts'
import { type Columns, eventColumns, eventTexts, fieldsElsewhere, freeText, inRuleNames, whereOf } from './where.ts'
import { hourOf, type Window } from './window.ts'

export type Range = { from: number | null; to: number | null }

/**
 * SQL of the stacks within a time range, hour by hour: `detection, stack_id, dest_id, EventCode, count,
 * first_time, last_time`. `numbers` are those of the detections whose stacks are asked for.
 * Hours that lie wholly inside come from the rollup; of an hour that is cut by an end of the range, stacks that cross
 * the cut are counted event by event.
 */
export function hourlyHits({ from, to }: Range, numbers: readonly number[]): Condition {
  const detection = numbers.join(', ')
  const low = from ?? -Number.MAX_SAFE_INTEGER
  const high = to ?? Number.MAX_SAFE_INTEGER
  return {
    sql: `SELECT detection, stack_id, dest_id, EventCode, count, first_time, last_time FROM stack_hour
        WHERE detection IN (${detection}) AND hour BETWEEN ? AND ? AND first_time >= ? AND last_time <= ?
        UNION ALL
        SELECT h.detection, h.stack_id, h.dest_id, h.EventCode, count(*), min(e.time), max(e.time) FROM stack_hour h
        JOIN event_stack e ON e.stack_id = h.stack_id
          AND e.time BETWEEN max(?, h.first_time) AND min(?, h.last_time)
        WHERE h.detection IN (${detection}) AND h.hour IN (?, ?) AND (h.first_time < ? OR h.last_time > ?)
        GROUP BY h.hour, h.stack_id`,
    values: [hourOf(low), hourOf(high), low, high, low, high, hourOf(low), hourOf(high), low, high],
  }
}

/** SQL that counts stacks within a time range: `stack_id, count, firstTime, lastTime`. */
export function hitsInRange(range: Range, numbers: readonly number[]): Condition {
  const { sql, values } = hourlyHits(range, numbers)
  return {
    sql: `SELECT stack_id, sum(count) AS count, min(first_time) AS firstTime, max(last_time) AS lastTime
      FROM (${sql}) GROUP BY stack_id`,
    values,
  }
}

/** Free text finds a changed rule by its name too: where one value lists many rules, the event itself names none. */
function freeTextOf(q: string, numbers: readonly number[]): Condition {
  const inEvent = freeText(q, eventColumns, eventTexts)
  if (!numbers.some((number) => detections.registry.numbers.includes(number))) return inEvent
  const { sql, values } = inRuleNames('rule_id', anywhere(q))
  const inChange = `s.stack_id IN (SELECT id FROM stack WHERE detection IN (${numbers.join(', ')}) AND ${sql})`
  return any([inEvent, { sql: inChange, values }])
}

/** SQL that counts stacks by those of their events that fit the free text and the filters on fields that a stack does not hold. */
function hitsOfEvents(params: Params, { from, to }: Range, columns: Columns, numbers: readonly number[]): Condition {
  const elsewhere = fieldsElsewhere(params, columns)
  const filters = Object.fromEntries(elsewhere.map((field) => [field, params.filters[field]]))
  const where = all([
    whereOf({ ...params, filters, q: null }, eventColumns),
    ...(params.q === null ? [] : [freeTextOf(params.q, numbers)]),
    ...(from === null ? [] : [{ sql: 'e.time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: 'e.time <= ?', values: [to] }]),
  ])
  return {
    sql: `SELECT s.stack_id, count(*) AS count, min(s.time) AS firstTime, max(s.time) AS lastTime
      FROM event e CROSS JOIN event_stack s ON s.event_id = e.id WHERE ${where.sql} GROUP BY s.stack_id`,
    values: where.values,
  }
}

/** A range that leaves nothing out is none: then the running totals hold. */
const isWhole = ({ from, to, oldest, newest }: Window): boolean =>
  (from === null || (oldest !== null && from <= oldest)) && (to === null || (newest !== null && to >= newest))

/** What counts the stacks of some detections: null where the running totals do. */
export function hitsFor(
  params: Params,
  window: Window,
  columns: Columns,
  numbers: readonly number[],
): Condition | null {
  if (params.q !== null || fieldsElsewhere(params, columns).length > 0)
    return hitsOfEvents(params, window, columns, numbers)
  return isWhole(window) ? null : hitsInRange(window, numbers)
}

import { detections } from '#lib/asr/detections.ts'
import type { Searched } from './found.ts'
import { membersOf } from './members.ts'
import { all, anywhere, type Condition } from './pattern.ts'
import { type Columns, eventColumns, eventTexts, fieldsElsewhere, freeText, inRuleNames, whereOf } from './where.ts'
import { dayOf, hourOf, type Window } from './window.ts'

export type Range = { from: number | null; to: number | null }

/** Days of dests up to which each is looked up; beyond, a range is read as a whole. */
const fewLooks = 10_000

const ofDests = (column: string, dests: readonly number[] | null): string =>
  dests === null ? 'true' : `${column} IN (${dests.join(', ')})`

/** The days of a range and the dests in them: named one by one where that spares reading those of all others. */
function daysOf({ from, to }: Range, dests: readonly number[] | null): string {
  const [first, last] = [dayOf(from ?? -Number.MAX_SAFE_INTEGER), dayOf(to ?? Number.MAX_SAFE_INTEGER)]
  const within = `day BETWEEN ${first} AND ${last} AND ${ofDests('dest_id', dests)}`
  if (dests === null || (last - first + 1) * Math.max(dests.length, 1) > fewLooks) return within
  const days = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index)
  return `day IN (${days.join(', ')}) AND ${ofDests('dest_id', dests)}`
}

/**
 * SQL of the stacks within a time range, hour by hour: `detection, stack_id, dest_id, EventCode, rule_id, faithful, count,
 * first_time, last_time`. `numbers` are those of the detections whose stacks are asked for.
 * `dests` narrows to some numbers of dests. Hours that lie wholly inside come from the rollup; of an hour that is cut by
 * an end of the range, stacks that cross the cut are counted event by event.
 */
export function hourlyHits(
  range: Range,
  numbers: readonly number[],
  dests: readonly number[] | null = null,
): Condition {
  const { from, to } = range
  const detection = numbers.join(', ')
  const columns = 'detection, stack_id, dest_id, EventCode, rule_id, faithful'
  const cut = columns.replaceAll(/\w+/g, 'h.$&')
  const low = from ?? -Number.MAX_SAFE_INTEGER
  const high = to ?? Number.MAX_SAFE_INTEGER
  return {
    sql: `SELECT ${columns}, count, first_time, last_time FROM stack_hour
        WHERE detection IN (${detection}) AND ${daysOf(range, dests)} AND first_time >= ? AND last_time <= ?
        UNION ALL
        SELECT ${cut}, count(*), min(e.time), max(e.time) FROM stack_hour h
        JOIN event_stack e ON e.stack_id = h.stack_id
          AND e.time BETWEEN max(?, h.first_time) AND min(?, h.last_time)
        WHERE h.detection IN (${detection}) AND h.day IN (?, ?) AND ${ofDests('h.dest_id', dests)}
          AND h.hour IN (?, ?) AND (h.first_time < ? OR h.last_time > ?)
        GROUP BY h.hour, h.stack_id`,
    values: [...[low, high, low, high], ...[dayOf(low), dayOf(high), hourOf(low), hourOf(high), low, high]],
  }
}

/** What the hour rollup can be filtered by. */
export const inHours: Columns = { dest: 'dest_id', ID: 'rule_id', EventCode: 'EventCode', feature: 'EventCode' }

/** SQL that counts stacks within a time range: `stack_id, faithful, count, firstTime, lastTime`. */
function hitsInRange(params: Searched, range: Range, numbers: readonly number[]): Condition {
  const { sql, values } = hourlyHits(range, numbers)
  const where = all([
    whereOf(params, inHours),
    ...(params.stack === null ? [] : [{ sql: 'stack_id = ?', values: [params.stack] }]),
  ])
  return {
    sql: `SELECT stack_id, faithful, sum(count) AS count, min(first_time) AS firstTime, max(last_time) AS lastTime
      FROM (${sql}) WHERE ${where.sql} GROUP BY stack_id`,
    values: [...values, ...where.values],
  }
}

/**
 * SQL of the rules changed by events that fit, where the name of the rule has the free text in it: where one value lists
 * many rules, the event itself names none.
 */
function changesNamed(q: string, fitting: Condition): Condition {
  const named = inRuleNames('s.rule_id', anywhere(q))
  return {
    sql: `SELECT m.stack_id, m.time, m.event_id FROM stack s CROSS JOIN event_stack m ON m.stack_id = s.id
      WHERE s.detection IN (${detections.registry.numbers.join(', ')}) AND ${named.sql}
        AND EXISTS (SELECT 1 FROM event e WHERE e.id = m.event_id AND ${fitting.sql})`,
    values: [...named.values, ...fitting.values],
  }
}

/** SQL that counts stacks by those of their events that fit the free text and the filters on fields that a stack does not hold. */
function hitsOfEvents(params: Searched, { from, to }: Range, columns: Columns, numbers: readonly number[]): Condition {
  const filters = Object.fromEntries(fieldsElsewhere(params, columns).map((field) => [field, params.filters[field]]))
  const filtered = all([
    whereOf({ ...params, filters, q: null }, eventColumns),
    ...(from === null ? [] : [{ sql: 'e.time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: 'e.time <= ?', values: [to] }]),
  ])
  const found =
    params.q === null
      ? filtered
      : all([filtered, freeText(params.q, params.found ?? new Map(), eventColumns, eventTexts)])
  const members = [membersOf(found, numbers)]
  const isOfChanges = numbers.some((number) => detections.registry.numbers.includes(number))
  if (params.q !== null && isOfChanges) members.push(changesNamed(params.q, filtered))
  return {
    sql: `SELECT stack_id, count(*) AS count, min(time) AS firstTime, max(time) AS lastTime
      FROM (${members.map(({ sql }) => `SELECT * FROM (${sql})`).join(' UNION ')}) GROUP BY stack_id`,
    values: members.flatMap(({ values }) => values),
  }
}

/** A range that leaves nothing out is none: then the running totals hold. */
export const isWhole = ({ from, to, oldest, newest }: Window): boolean =>
  (from === null || (oldest !== null && from <= oldest)) && (to === null || (newest !== null && to >= newest))

/** SQL of counted stacks. Hits by the hour are filtered by all that the rollup holds, and tell which are `faithful`. */
export type Hits = Condition & { isHourly: boolean }

/** What counts the stacks of some detections: null where the running totals do. */
export function hitsFor(params: Searched, window: Window, columns: Columns, numbers: readonly number[]): Hits | null {
  if (params.q !== null || fieldsElsewhere(params, columns).length > 0)
    return { ...hitsOfEvents(params, window, columns, numbers), isHourly: false }
  return isWhole(window) ? null : { ...hitsInRange(params, window, numbers), isHourly: true }
}

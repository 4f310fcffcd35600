import { detections } from '#lib/asr/detections.ts'
import type { Searched, Stack } from './found.ts'
import { changeStacks, inStacks, membersOf, ofDestsWithin } from './members.ts'
import { all, anywhere, type Condition } from './pattern.ts'
import { type Columns, eventColumns, eventTexts, fieldsElsewhere, freeText, inRuleNames, whereOf } from './where.ts'
import { hourLength, hourOf, type Window } from './window.ts'

export type Range = { from: number | null; to: number | null }

/** Days of dests up to which each is looked up; beyond, a range is read as a whole. */
const fewLooks = 10_000

const ofDests = (column: string, dests: readonly number[] | null): string =>
  dests === null ? 'true' : `${column} IN (${dests.join(', ')})`

/** The whole hours within a range, and what is left of an hour at either end. */
function splitRange({ from, to }: Range) {
  const first = from === null ? null : Math.ceil(from / hourLength)
  const last = to === null ? null : Math.floor((to + 1) / hourLength) - 1
  const start = from === null || from % hourLength === 0 ? null : from
  const end = to === null || (to + 1) % hourLength === 0 ? null : to
  const isWithinHour = start !== null && end !== null && hourOf(start) === hourOf(end)
  const cuts: [from: number, to: number][] = []
  if (isWithinHour) cuts.push([start, end])
  else {
    if (start !== null) cuts.push([start, (hourOf(start) + 1) * hourLength - 1])
    if (end !== null) cuts.push([hourOf(end) * hourLength, end])
  }
  return { first: first ?? -Number.MAX_SAFE_INTEGER, last: last ?? Number.MAX_SAFE_INTEGER, cuts }
}

/** The days of some hours and the dests in them: named one by one if that spares reading those of all others. */
function daysOf(firstHour: number, lastHour: number, dests: readonly number[] | null): string {
  const [first, last] = [Math.floor(firstHour / 24), Math.floor(lastHour / 24)]
  const within = `day BETWEEN ${first} AND ${last} AND ${ofDests('dest_id', dests)}`
  if (dests === null || (last - first + 1) * Math.max(dests.length, 1) > fewLooks) return within
  const days = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index)
  return `day IN (${days.join(', ')}) AND ${ofDests('dest_id', dests)}`
}

/** SQL of the stacks within a part of one hour, event by event, with the columns of `hourlyHits`. */
function hitsInPart(
  [from, to]: [number, number],
  numbers: readonly number[],
  dests: readonly number[] | null,
): Condition {
  const fitting = dests === null ? { sql: 'time BETWEEN ? AND ?', values: [from, to] } : ofDestsWithin(dests, from, to)
  const { sql, values } = membersOf(fitting, numbers)
  const counted = `SELECT s.detection, s.id AS stack_id, s.dest_id, s.EventCode, s.rule_id, s.faithful, m.count, m.first_time, m.last_time
    FROM (SELECT stack_id, count(*) AS count, min(time) AS first_time, max(time) AS last_time
          FROM (${sql}) GROUP BY stack_id) m CROSS JOIN stack s ON s.id = m.stack_id
    WHERE s.detection IN (${numbers.join(', ')})`
  return { sql: counted, values }
}

/**
 * SQL of the stacks within a time range, hour by hour: `detection, stack_id, dest_id, EventCode, rule_id, faithful, count,
 * first_time, last_time`. `numbers` are those of the detections whose stacks are asked for.
 * `dests` narrows to some numbers of dests. Whole hours come from the rollup; of an hour that is cut by an end of the
 * range, the events are counted.
 */
export function hourlyHits(
  range: Range,
  numbers: readonly number[],
  dests: readonly number[] | null = null,
): Condition {
  const { first, last, cuts } = splitRange(range)
  const whole = `SELECT detection, stack_id, dest_id, EventCode, rule_id, faithful, count, first_time, last_time FROM stack_hour
    WHERE detection IN (${numbers.join(', ')}) AND ${daysOf(first, last, dests)} AND hour BETWEEN ? AND ?`
  const parts = cuts.map((cut) => hitsInPart(cut, numbers, dests))
  return {
    sql: [whole, ...parts.map(({ sql }) => sql)].join(' UNION ALL '),
    values: [first, last, ...parts.flatMap(({ values }) => values)],
  }
}

/** The stacks that the parameters name: a condition on the number of a stack. */
export const ofStacks = (column: string, stacks: readonly Stack[] | null = null): Condition => ({
  sql: stacks === null ? 'true' : `${column} IN (${stacks.map(({ id }) => id).join(', ')})`,
  values: [],
})

/** What the hour rollup can be filtered by. */
export const inHours: Columns = { dest: 'dest_id', ID: 'rule_id', EventCode: 'EventCode', feature: 'EventCode' }

/** SQL that counts stacks within a time range: `stack_id, faithful, count, firstTime, lastTime`. */
function hitsInRange(params: Searched, range: Range, numbers: readonly number[]): Condition {
  const { stacks = null } = params
  const { sql, values } = hourlyHits(
    range,
    numbers,
    stacks?.map(({ dest_id }) => dest_id),
  )
  const where = all([whereOf(params, inHours), ofStacks('stack_id', stacks)])
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
    sql: `SELECT m.stack_id, e.time, m.event_id FROM ${changeStacks} c CROSS JOIN stack s ON s.id = c.id
      CROSS JOIN event_change m ON m.stack_id = s.id
      CROSS JOIN (SELECT id, time FROM event e WHERE ${fitting.sql}) e ON e.id = m.event_id
      WHERE ${named.sql}`,
    values: [...fitting.values, ...named.values],
  }
}

/** SQL that counts stacks by those of their events that fit the free text and the filters on fields that a stack does not hold. */
function hitsOfEvents(params: Searched, { from, to }: Range, columns: Columns, numbers: readonly number[]): Condition {
  const filters = Object.fromEntries(fieldsElsewhere(params, columns).map((field) => [field, params.filters[field]]))
  const filtered = all([
    whereOf({ ...params, filters, q: null }, eventColumns),
    ...(from === null ? [] : [{ sql: 'e.time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: 'e.time <= ?', values: [to] }]),
    ...(params.stacks ? [inStacks('e.id', params.stacks)] : []),
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

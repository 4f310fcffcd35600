import { detections } from '#lib/asr/detections.ts'
import { dayOfHour, hourLength, hourOf, isStartOfHour } from '#lib/asr/hours.ts'
import type { Pattern } from '#lib/params/pattern.ts'
import type { Asked, Range, Source } from '#lib/store/reads.ts'
import { all, among, type Condition, inRange } from './condition.ts'
import { type Stack, stacksAsked, textsOf } from './found.ts'
import { changeStacks, inStacks, membersOf, ofDestsWithin } from './members.ts'
import { type Columns, eventColumns, eventTexts, fieldsWhere, freeText, inRuleNames, without } from './where.ts'

/** Days of dests up to which each is looked up; beyond, a range is read completely. */
const fewLooks = 10_000

const ofDests = (column: string, dests: readonly number[] | null): string =>
  dests === null ? 'true' : among(column, dests)

/** The whole hours within a range, and what is left of an hour at either end. */
export function splitRange({ from, to }: Range) {
  const first = from === null ? null : Math.ceil(from / hourLength)
  const last = to === null ? null : Math.floor((to + 1) / hourLength) - 1
  const start = from === null || isStartOfHour(from) ? null : from
  const end = to === null || isStartOfHour(to + 1) ? null : to
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
  const [first, last] = [dayOfHour(firstHour), dayOfHour(lastHour)]
  const within = `day BETWEEN ${first} AND ${last} AND ${ofDests('dest_id', dests)}`
  if (dests === null || (last - first + 1) * Math.max(dests.length, 1) > fewLooks) return within
  const days = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index)
  return `${among('day', days)} AND ${ofDests('dest_id', dests)}`
}

/** SQL of the stacks within a part of one hour, event by event, with the columns of `hourlyHits`. */
function hitsInPart(
  [from, to]: [number, number],
  numbers: readonly number[],
  dests: readonly number[] | null,
): Condition {
  const fitting = dests === null ? { sql: 'time BETWEEN ? AND ?', values: [from, to] } : ofDestsWithin(dests, from, to)
  const { sql, values } = membersOf(fitting, numbers)
  const counted = `SELECT s.detection, s.id AS stack_id, s.dest_id, s."EventCode", s.rule_id, s.faithful, m.count, m.first_time, m.last_time
    FROM (SELECT stack_id, count(*) AS count, min(time) AS first_time, max(time) AS last_time
          FROM (${sql}) e GROUP BY stack_id) m CROSS JOIN stack s ON s.id = m.stack_id
    WHERE ${among('s.detection', numbers)}`
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
  const full = `SELECT detection, stack_id, dest_id, "EventCode", rule_id, faithful, count, first_time, last_time FROM stack_hour
    WHERE ${among('detection', numbers)} AND ${daysOf(first, last, dests)} AND hour BETWEEN ? AND ?`
  const parts = cuts.map((cut) => hitsInPart(cut, numbers, dests))
  return {
    sql: [full, ...parts.map(({ sql }) => sql)].join(' UNION ALL '),
    values: [first, last, ...parts.flatMap(({ values }) => values)],
  }
}

/** The stacks that a filter names: a condition on the number of a stack. */
export const ofStacks = (column: string, stacks: readonly Stack[] | null): Condition => ({
  sql:
    stacks === null
      ? 'true'
      : among(
          column,
          stacks.map(({ id }) => id),
        ),
  values: [],
})

/** What the hour rollup can be filtered by. */
export const inHours: Columns = { dest: 'dest_id', ID: 'rule_id', EventCode: '"EventCode"', feature: '"EventCode"' }

/** SQL that counts stacks within a time range: `stack_id, faithful, count, firstTime, lastTime`. */
function hitsInRange(asked: Asked, numbers: readonly number[]): Condition {
  const stacks = stacksAsked(asked.found)
  const { sql, values } = hourlyHits(asked.range, numbers, stacks?.map(({ dest_id }) => dest_id) ?? null)
  const where = all([fieldsWhere(asked, inHours), ofStacks('stack_id', stacks)])
  return {
    sql: `SELECT stack_id, max(faithful) AS faithful, sum(count) AS count, min(first_time) AS "firstTime", max(last_time) AS "lastTime"
      FROM (${sql}) h WHERE ${where.sql} GROUP BY stack_id`,
    values: [...values, ...where.values],
  }
}

/**
 * SQL of the rules changed by events that fit, of those whose name has the free text in it. An event whose value lists many
 * rules has no ID of its own.
 */
function changesNamed(text: Pattern, fitting: Condition): Condition {
  const named = inRuleNames('s.rule_id', text)
  return {
    sql: `SELECT m.stack_id, e.time, m.event_id FROM ${changeStacks} c CROSS JOIN stack s ON s.id = c.id
      CROSS JOIN event_change m ON m.stack_id = s.id
      CROSS JOIN (SELECT id, time FROM event e WHERE ${fitting.sql}) e ON e.id = m.event_id
      WHERE ${named.sql}`,
    values: [...fitting.values, ...named.values],
  }
}

/** SQL of the events of stacks, `stack_id, time, event_id`: of those that fit the free text and the filters on fields that a stack does not have. */
export function eventsOfStacks(asked: Asked, columns: Columns, numbers: readonly number[]): Condition {
  const { text } = asked.filter
  const stacks = stacksAsked(asked.found)
  const filtered = all([
    fieldsWhere(without(asked, columns), eventColumns),
    inRange('e.time', asked.range),
    ...(stacks === null ? [] : [inStacks('e.id', stacks)]),
  ])
  const found =
    text === null ? filtered : all([filtered, freeText(text, textsOf(asked.found), eventColumns, eventTexts)])
  const members = [membersOf(found, numbers)]
  const isOfChanges = numbers.some((number) => detections.registry.numbers.includes(number))
  if (text !== null && isOfChanges) members.push(changesNamed(text, filtered))
  return {
    sql: members.map(({ sql }) => `SELECT * FROM (${sql}) m`).join(' UNION '),
    values: members.flatMap(({ values }) => values),
  }
}

/** SQL that counts stacks by those of their events that are asked for. */
function hitsOfEvents(asked: Asked, columns: Columns, numbers: readonly number[]): Condition {
  const { sql, values } = eventsOfStacks(asked, columns, numbers)
  return {
    sql: `SELECT stack_id, count(*) AS count, min(time) AS "firstTime", max(time) AS "lastTime" FROM (${sql}) m GROUP BY stack_id`,
    values,
  }
}

/** SQL of counted stacks. Hits by the hour are filtered by all that the rollup holds, and tell which are `faithful`. */
export type Hits = Condition & { isHourly: boolean }

/** What counts the stacks of some detections: null if the running totals do. */
export function hitsFor(source: Source, asked: Asked, columns: Columns, numbers: readonly number[]): Hits | null {
  if (source === 'events') return { ...hitsOfEvents(asked, columns, numbers), isHourly: false }
  return source === 'totals' ? null : { ...hitsInRange(asked, numbers), isHourly: true }
}

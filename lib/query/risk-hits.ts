import { riskDetections } from '#lib/asr/detections.ts'
import type { Searched } from './found.ts'
import { hourlyHits, type Range } from './hits.ts'
import { membersOf } from './members.ts'
import { all, type Condition } from './pattern.ts'
import { type Columns, eventColumns, eventTexts, fieldsElsewhere, whereOf } from './where.ts'
import { dayLength, hourLength } from './window.ts'

const riskNumbers = riskDetections.map(({ number }) => number)

const byDest: Columns = { dest: 'h.dest_id' }

/**
 * SQL of the risk events of a range, one row each: `dest_id, detection, stack_id, first_time, last_time`. A filter on
 * anything but the dest asks which result rows the detections would have had from the events it leaves. `dests` narrows
 * to some numbers of dests.
 */
export function riskHits(params: Searched, range: Range, dests: number[] | null = null): Condition {
  const source =
    fieldsElsewhere(params, byDest).length > 0 || params.q !== null
      ? filteredHits(params, range)
      : hourlyHits(range, riskNumbers, dests)
  const where = all([
    whereOf({ ...params, q: null }, byDest),
    ...(dests === null ? [] : [{ sql: `h.dest_id IN (${dests.join(', ')})`, values: [] }]),
    { sql: params.mode === 'faithful' ? 'h.faithful > 0' : 'h.faithful < 2', values: [] },
  ])
  return {
    sql: `SELECT h.dest_id, h.detection, h.stack_id, h.first_time, h.last_time FROM (${source.sql}) h WHERE ${where.sql}`,
    values: [...source.values, ...where.values],
  }
}

function filteredHits(params: Searched, { from, to }: Range): Condition {
  const fitting = all([
    whereOf(params, eventColumns, eventTexts),
    ...(from === null ? [] : [{ sql: 'e.time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: 'e.time <= ?', values: [to] }]),
  ])
  const { sql, values } = membersOf(fitting, riskNumbers)
  return {
    sql: `SELECT stack.dest_id, stack.detection, m.stack_id, stack.faithful, min(m.time) AS first_time, max(m.time) AS last_time
      FROM (${sql}) m CROSS JOIN stack ON stack.id = m.stack_id
      WHERE stack.detection IN (${riskNumbers.join(', ')})
      GROUP BY m.stack_id, m.time - ((m.time % ${hourLength}) + ${hourLength}) % ${hourLength}`,
    values,
  }
}

/**
 * SQL of how many risk events each dest has in a range: `dest_id, detection, events`. Days that lie wholly inside come
 * from the rollup by day, which holds where nothing but the dest is filtered by.
 */
export function riskCounts(params: Searched, range: { from: number; to: number }): Condition {
  const counted = (hits: Condition): Condition => ({
    sql: `SELECT dest_id, detection, count(*) AS events FROM (${hits.sql}) GROUP BY dest_id, detection`,
    values: hits.values,
  })
  const first = Math.ceil(range.from / dayLength)
  const end = Math.floor((range.to + 1) / dayLength)
  const isPlain = fieldsElsewhere(params, byDest).length === 0 && params.q === null && params.mode === 'complete'
  if (!isPlain || first >= end) return counted(riskHits(params, range))
  const before = counted(riskHits(params, { from: range.from, to: first * dayLength - 1 }))
  const after = counted(riskHits(params, { from: end * dayLength, to: range.to }))
  const where = whereOf({ ...params, q: null }, byDest)
  return {
    sql: `SELECT dest_id, detection, sum(events) AS events FROM (
        SELECT dest_id, detection, events FROM dest_day h WHERE detection IN (${riskNumbers.join(', ')}) AND day >= ? AND day < ? AND ${where.sql}
        UNION ALL ${before.sql} UNION ALL ${after.sql}) GROUP BY dest_id, detection`,
    values: [first, end, ...where.values, ...before.values, ...after.values],
  }
}

import { riskDetections } from '#lib/asr/detections.ts'
import { dayLength, hourLength } from '#lib/asr/hours.ts'
import type { Range, RiskAsked } from '#lib/store/reads.ts'
import { startOf } from '../sql-hours.ts'
import { all, among, type Condition, inRange } from './condition.ts'
import { amongRows } from './decided/known-good.ts'
import { stacksAsked } from './found.ts'
import { hourlyHits } from './hits.ts'
import { inStacks, membersOf } from './members.ts'
import { type Columns, eventColumns, eventTexts, fieldsWhere, whereOf } from './where.ts'

const riskNumbers = riskDetections.map(({ number }) => number)

const byDest: Columns = { dest: 'h.dest_id' }

/**
 * SQL of the risk events of a range, one row each: `dest_id, detection, stack_id, first_time, last_time`. A filter on
 * anything but the dest asks which result rows the detections would have had from the events it leaves. `dests` narrows
 * to some numbers of dests. `isIn`: those of the rows that are left out, and no others.
 */
export function riskHits(asked: RiskAsked, range: Range, dests: number[] | null = null, isIn = false): Condition {
  const source = asked.source === 'events' ? filteredHits(asked, range) : hourlyHits(range, riskNumbers, dests)
  const where = all([
    fieldsWhere(asked, byDest),
    ...(dests === null ? [] : [{ sql: among('h.dest_id', dests), values: [] }]),
    amongRows('h.stack_id', asked.leftOut, isIn),
    { sql: asked.mode === 'faithful' ? 'h.faithful > 0' : 'h.faithful < 2', values: [] },
  ])
  return {
    sql: `SELECT h.dest_id, h.detection, h.stack_id, h.first_time, h.last_time FROM (${source.sql}) h WHERE ${where.sql}`,
    values: [...source.values, ...where.values],
  }
}

function filteredHits(asked: RiskAsked, range: Range): Condition {
  const stacks = stacksAsked(asked.found)
  const fitting = all([
    whereOf(asked, eventColumns, eventTexts),
    inRange('e.time', range),
    ...(stacks === null ? [] : [inStacks('e.id', stacks)]),
  ])
  const { sql, values } = membersOf(fitting, riskNumbers)
  return {
    sql: `SELECT max(stack.dest_id) AS dest_id, max(stack.detection) AS detection, m.stack_id, max(stack.faithful) AS faithful, min(m.time) AS first_time, max(m.time) AS last_time
      FROM (${sql}) m CROSS JOIN stack ON stack.id = m.stack_id
      WHERE ${among('stack.detection', riskNumbers)}
      GROUP BY m.stack_id, ${startOf('m.time', hourLength)}`,
    values,
  }
}

/**
 * SQL of how many risk events each dest has in a range: `dest_id, detection, events`. Days that lie completely inside come
 * from the rollup by day, which is right if nothing but the dest is filtered by and no row is left out.
 */
export function riskCounts(asked: RiskAsked): Condition {
  const { range } = asked
  const counted = (hits: Condition): Condition => ({
    sql: `SELECT dest_id, detection, count(*) AS events FROM (${hits.sql}) h GROUP BY dest_id, detection`,
    values: hits.values,
  })
  const first = Math.ceil(range.from / dayLength)
  const end = Math.floor((range.to + 1) / dayLength)
  const isPlain = asked.source === 'hours' && asked.mode === 'complete' && (asked.leftOut?.count ?? 0) === 0
  if (!isPlain || first >= end) return counted(riskHits(asked, range))
  const before = counted(riskHits(asked, { from: range.from, to: first * dayLength - 1 }))
  const after = counted(riskHits(asked, { from: end * dayLength, to: range.to }))
  const where = fieldsWhere(asked, byDest)
  return {
    sql: `SELECT dest_id, detection, sum(events) AS events FROM (
        SELECT dest_id, detection, events FROM dest_day h WHERE ${among('detection', riskNumbers)} AND day >= ? AND day < ? AND ${where.sql}
        UNION ALL ${before.sql} UNION ALL ${after.sql}) d GROUP BY dest_id, detection`,
    values: [first, end, ...where.values, ...before.values, ...after.values],
  }
}

import type { Params } from '#lib/params/params.ts'
import { hourlyHits, type Range } from './hits.ts'
import { all, type Condition } from './pattern.ts'
import { type Columns, eventColumns, eventTexts, fieldsElsewhere, whereOf } from './where.ts'
import { hourLength } from './window.ts'

const byDest: Columns = { dest: 'h.dest_id' }

/**
 * SQL of the risk events of a range, one row each: `dest_id, detection, stack_id, first_time, last_time`. A filter on
 * anything but the dest asks which result rows the detections would have had from the events it leaves.
 */
export function riskHits(params: Params, range: Range): Condition {
  const source =
    fieldsElsewhere(params, byDest).length > 0 || params.q !== null ? filteredHits(params, range) : hourlyHits(range)
  const where = all([
    { sql: 'h.detection > 0', values: [] },
    whereOf({ ...params, q: null }, byDest),
    ...(params.mode === 'faithful'
      ? [{ sql: '(SELECT faithful FROM stack WHERE id = h.stack_id) = 1', values: [] }]
      : []),
  ])
  return {
    sql: `SELECT h.dest_id, h.detection, h.stack_id, h.first_time, h.last_time FROM (${source.sql}) h WHERE ${where.sql}`,
    values: [...source.values, ...where.values],
  }
}

function filteredHits(params: Params, { from, to }: Range): Condition {
  const { sql, values } = all([
    whereOf(params, eventColumns, eventTexts),
    ...(from === null ? [] : [{ sql: 'e.time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: 'e.time <= ?', values: [to] }]),
  ])
  return {
    sql: `SELECT stack.dest_id, stack.detection, s.stack_id, min(s.time) AS first_time, max(s.time) AS last_time
      FROM (SELECT id FROM event e WHERE ${sql}) e
      CROSS JOIN event_stack s ON s.event_id = e.id
      CROSS JOIN stack ON stack.id = s.stack_id
      GROUP BY s.stack_id, s.time - ((s.time % ${hourLength}) + ${hourLength}) % ${hourLength}`,
    values,
  }
}

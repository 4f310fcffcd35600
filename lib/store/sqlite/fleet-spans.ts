import type { Connection } from './database.ts'
import type { Slice } from './slice.ts'

/** Stacks that one step looks at, for each event that other steps look at. */
const stacksPerEvent = 40

/**
 * Finds the new time spans of fleet stacks that lost their first or last event (`stale_fleet`), some stacks a step. A
 * fleet stack that becomes stale meanwhile begins again at the first stack; what is stored meanwhile is added by
 * `openFleets`. Each step returns false if no fleet stack is stale.
 */
export function openFleetSpans(db: Connection, { events }: Slice): () => boolean {
  const nextStack = db.prepare<[], number | null>('SELECT min(next_stack) FROM stale_fleet').pluck()
  const lastOf = db
    .prepare<[number, number], number | null>(
      'SELECT max(id) FROM (SELECT id FROM stack WHERE id >= ? ORDER BY id LIMIT ?)',
    )
    .pluck()
  const widen = db.prepare(
    `UPDATE stale_fleet SET first_time = min(coalesce(stale_fleet.first_time, r.first), r.first),
       last_time = max(coalesce(stale_fleet.last_time, r.last), r.last)
     FROM (SELECT s.fleet_id, min(t.first_time) AS first, max(t.last_time) AS last
           FROM stack s CROSS JOIN stack_total t ON t.detection = s.detection AND t.id = s.id
           WHERE s.id BETWEEN :first AND :last AND s.fleet_id IN (SELECT id FROM stale_fleet) GROUP BY s.fleet_id) r
     WHERE stale_fleet.id = r.fleet_id AND stale_fleet.next_stack <= :first`,
  )
  const advanceStale = db.prepare('UPDATE stale_fleet SET next_stack = :last + 1 WHERE next_stack <= :first')
  const lastDone = db
    .prepare<[number], number>('SELECT max(id) FROM (SELECT id FROM stale_fleet ORDER BY id LIMIT ?)')
    .pluck()
  const respan = db.prepare(
    `UPDATE fleet SET first_time = s.first_time, last_time = s.last_time FROM stale_fleet s
     WHERE s.id <= ? AND fleet.id = s.id AND s.first_time IS NOT NULL`,
  )
  const dropStale = db.prepare('DELETE FROM stale_fleet WHERE id <= ?')

  return () => {
    const first = nextStack.get()
    if (first === null || first === undefined) return false
    const last = lastOf.get(first, events * stacksPerEvent)
    if (last === null || last === undefined) {
      const done = lastDone.get(events)
      respan.run(done)
      dropStale.run(done)
    } else {
      widen.run({ first, last })
      advanceStale.run({ first, last })
    }
    return true
  }
}

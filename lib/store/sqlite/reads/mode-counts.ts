import { detections } from '#lib/asr/detections.ts'
import { dayOf, hourLength, hourOf } from '#lib/asr/hours.ts'
import type { ModeCounts } from '#lib/model/rows.ts'
import type { ClosedRange } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { among } from './condition.ts'
import { byMode } from './counts.ts'

type Sums = { block: number; audit: number; override: number; configuration: number; events: number }

/** Events by mode and the dests they are of: whole hours from the rollups, the cut ones event by event. Of an hour at least. */
export async function modeCounts(sql: Sql, { from, to }: ClosedRange): Promise<ModeCounts> {
  const [first, last] = [hourOf(from), hourOf(to)]
  const days = Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, index) => dayOf(from) + index)
  const [[sums], [found]] = await Promise.all([
    sql.all<Sums>(
      `SELECT ${byMode('"EventCode"', 'count')}, coalesce(sum(count), 0) AS events FROM (
         SELECT "EventCode", count FROM hour_rule WHERE hour > ? AND hour < ?
         UNION ALL SELECT "EventCode", 1 FROM event WHERE time >= ? AND time < ?
         UNION ALL SELECT "EventCode", 1 FROM event WHERE time >= ? AND time <= ?) c`,
      [first, last, from, (first + 1) * hourLength, last * hourLength, to],
    ),
    // An hour of a stack that reaches into the range has an event in it, since it is shorter than the range.
    sql.all<{ dests: number }>(
      `SELECT count(*) AS dests FROM dest WHERE EXISTS (
         SELECT 1 FROM stack_hour h WHERE ${among('h.detection', detections.stacking.numbers)}
           AND ${among('h.day', days)} AND h.dest_id = dest.id AND h.last_time >= ? AND h.first_time <= ?)`,
      [from, to],
    ),
  ])
  const { events = 0, block = 0, audit = 0, override = 0, configuration = 0 } = sums ?? {}
  return {
    events,
    dests: found?.dests ?? 0,
    blocked: block,
    audited: audit,
    overridden: override,
    changed: configuration,
  }
}

/** Returns a text that changes when events are stored or removed. It is read much faster than the figures. */
export async function version(sql: Sql): Promise<string> {
  const [row] = await sql.all<{ version: string }>(
    "SELECT count(*) || ' ' || coalesce(sum(stored), 0) || ' ' || coalesce(max(seq), 0) AS version FROM upload",
  )
  return row?.version ?? ''
}

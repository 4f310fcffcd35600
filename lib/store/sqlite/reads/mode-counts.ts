import { detections } from '#lib/asr/detections.ts'
import { dayOf, hourLength } from '#lib/asr/hours.ts'
import type { ModeCounts } from '#lib/model/rows.ts'
import type { ClosedRange } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { among, type Condition } from './condition.ts'
import { byMode } from './counts.ts'
import { ruleHours } from './rule-hours.ts'

type Sums = { block: number; audit: number; override: number; configuration: number; events: number; rules: number }

/** Days up to which each is looked up by host; a longer range is read completely. */
const fewDays = 400

/** SQL of the number of hosts with an event in a range: `dests`. */
function destsIn({ from, to }: ClosedRange): Condition {
  // An hour of a stack that reaches into the range has an event in it only if it is shorter than the range.
  if (to - from < hourLength)
    return { sql: 'SELECT count(DISTINCT dest_id) AS dests FROM event WHERE time BETWEEN ? AND ?', values: [from, to] }
  const [first, last] = [dayOf(from), dayOf(to)]
  const inHours = `${among('h.detection', detections.stacking.numbers)} AND h.last_time >= ? AND h.first_time <= ?`
  const days = Array.from({ length: Math.min(last - first + 1, fewDays) }, (_, index) => first + index)
  const sql =
    last - first < fewDays
      ? `SELECT count(*) AS dests FROM dest WHERE EXISTS (
           SELECT 1 FROM stack_hour h WHERE ${inHours} AND ${among('h.day', days)} AND h.dest_id = dest.id)`
      : `SELECT count(DISTINCT h.dest_id) AS dests FROM stack_hour h WHERE ${inHours} AND h.day BETWEEN ${first} AND ${last}`
  return { sql, values: [from, to] }
}

/** Events by mode in a range, and the hosts and rules of the lookup that they are of. */
export async function modeCounts(sql: Sql, range: ClosedRange): Promise<ModeCounts> {
  const [hours, hosts] = [ruleHours(range), destsIn(range)]
  const [[sums], [found]] = await Promise.all([
    sql.all<Sums>(
      `WITH h AS MATERIALIZED (${hours.sql})
       SELECT ${byMode('"EventCode"', 'count')}, coalesce(sum(count), 0) AS events,
         (SELECT count(DISTINCT r."ID") FROM (SELECT DISTINCT rule_id FROM h) x JOIN text t ON t.id = x.rule_id
          JOIN asr_rule r ON r."ID" = t.value) AS rules
       FROM h`,
      hours.values,
    ),
    sql.all<{ dests: number }>(hosts.sql, hosts.values),
  ])
  const { events = 0, block = 0, audit = 0, override = 0, configuration = 0, rules = 0 } = sums ?? {}
  return {
    ...{ events, dests: found?.dests ?? 0, rules },
    ...{ blocked: block, audited: audit, overridden: override, changed: configuration },
  }
}

/** Returns a text that changes when events are stored or removed. It is read much faster than the figures. */
export async function version(sql: Sql): Promise<string> {
  const [row] = await sql.all<{ version: string }>(
    "SELECT count(*) || ' ' || coalesce(sum(stored), 0) || ' ' || coalesce(max(seq), 0) AS version FROM upload",
  )
  return row?.version ?? ''
}

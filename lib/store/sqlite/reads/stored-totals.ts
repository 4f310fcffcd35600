import type { StoredTotals } from '#lib/model/rows.ts'
import type { Span } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { byMode } from './counts.ts'

type Sums = Omit<StoredTotals, 'blocked' | 'audited' | 'overridden' | 'changed'> &
  Record<'block' | 'audit' | 'override' | 'configuration', number>

/** Everything stored, summed from the running totals by dest and rule. */
export async function storedTotals(sql: Sql): Promise<StoredTotals> {
  const [sums] = await sql.all<Sums>(
    `SELECT coalesce(sum(count), 0) AS events, count(DISTINCT dest_id) AS dests,
       (SELECT count(DISTINCT r."ID") FROM dest_rule d JOIN text t ON t.id = d.rule_id JOIN asr_rule r ON r."ID" = t.value) AS rules,
       (SELECT count(*) FROM asr_rule) AS "rulesKnown", ${byMode('"EventCode"', 'count')},
       min(first_time) AS "firstTime", max(last_time) AS "newestEvent"
     FROM dest_rule`,
  )
  if (sums === undefined) throw new Error('A sum gave no row.')
  const { block: blocked, audit: audited, override: overridden, configuration: changed, ...rest } = sums
  return { ...rest, blocked, audited, overridden, changed }
}

/** Times of the oldest and of the newest event. */
export async function span(sql: Sql): Promise<Span> {
  const [found] = await sql.all<Span>(
    'SELECT (SELECT min(time) FROM event) AS oldest, (SELECT max(time) FROM event) AS newest',
  )
  return found ?? { oldest: null, newest: null }
}

import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { countsSql } from './counts.ts'
import { orderBy } from './page.ts'
import type { RuleRow } from './rows.ts'
import { byMode } from './timeline.ts'

type Stored = Omit<RuleRow, 'known' | 'standard' | 'warnMode'> & { known: number; standard: number; warnMode: number }

/** Every rule of the lookup, fired or not, and every other GUID that fired, with its counts in the filter. */
export async function selectRules(store: Store, params: Params): Promise<RuleRow[]> {
  const counts = await countsSql(store, params)
  const rows = await store.all<Stored>(
    `WITH seen AS (
       SELECT t.value AS ID, c.* FROM (
         SELECT rule_id, sum(count) AS events, count(DISTINCT dest_id) AS dests, min(first) AS firstTime, max(last) AS lastTime,
           ${byMode('EventCode', 'count')}
         FROM (${counts.sql}) GROUP BY rule_id) c JOIN text t ON t.id = c.rule_id)
     SELECT coalesce(r.ID, seen.ID) AS ID, coalesce(r.ASR_Rule, 'NULL') AS ASR_Rule, coalesce(r.short, seen.ID) AS short,
       r.ID IS NOT NULL AS known, coalesce(r.standard, 0) AS standard, coalesce(r.warn_mode, 0) AS warnMode,
       coalesce(seen.events, 0) AS events, coalesce(seen.block, 0) AS blocked, coalesce(seen.audit, 0) AS audited,
       coalesce(seen.override, 0) AS overridden, coalesce(seen.configuration, 0) AS changed, coalesce(seen.dests, 0) AS dests,
       seen.firstTime, seen.lastTime
     FROM asr_rule r FULL JOIN seen ON seen.ID = r.ID
     ORDER BY ${orderBy(params.sort, 'coalesce(r.ID, seen.ID)')}`,
    counts.values,
  )
  return rows.map((row) => ({
    ...row,
    known: row.known === 1,
    standard: row.standard === 1,
    warnMode: row.warnMode === 1,
  }))
}

/** One rule by its GUID; null where it is neither in the lookup nor logged. */
export async function selectRule(store: Store, ID: string, params: Params): Promise<RuleRow | null> {
  const rows = await selectRules(store, params)
  return rows.find((row) => row.ID === ID.toUpperCase()) ?? null
}

/** Name and short form of each rule of the lookup, by GUID. */
export async function ruleNames(store: Store): Promise<Map<string, { name: string; short: string }>> {
  const rows = await store.all<{ ID: string; name: string; short: string }>(
    'SELECT ID, ASR_Rule AS name, short FROM asr_rule',
  )
  return new Map(rows.map(({ ID, name, short }) => [ID, { name, short }]))
}

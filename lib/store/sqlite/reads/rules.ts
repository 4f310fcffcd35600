import type { RuleName, RuleRow } from '#lib/model/rows.ts'
import type { CountQuestion, Sorted } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { byMode, countsSql } from './counts.ts'
import { orderBy } from './order.ts'

type Stored = Omit<RuleRow, 'known' | 'standard' | 'warnMode' | 'techniques'> & {
  known: number
  standard: number
  warnMode: number
  techniques: string
}

/** Every rule of the lookup, fired or not, and every other GUID that fired, with its counts in the filter. */
export async function rules(sql: Sql, question: CountQuestion & Pick<Sorted, 'sort'>): Promise<RuleRow[]> {
  const counts = countsSql(question)
  const rows = await sql.all<Stored>(
    `WITH seen AS (
       SELECT t.value AS "ID", c.* FROM (
         SELECT rule_id, sum(count) AS events, count(DISTINCT dest_id) AS dests, min(first) AS first_time, max(last) AS last_time,
           ${byMode('"EventCode"', 'count')}
         FROM (${counts.sql}) c GROUP BY rule_id) c JOIN text t ON t.id = c.rule_id)
     SELECT coalesce(r."ID", seen."ID") AS "ID", coalesce(r."ASR_Rule", 'NULL') AS "ASR_Rule", coalesce(r.short, seen."ID") AS short,
       CASE WHEN r."ID" IS NULL THEN 0 ELSE 1 END AS known, coalesce(r.standard, 0) AS standard, coalesce(r.warn_mode, 0) AS "warnMode",
       coalesce(r.techniques, '') AS techniques,
       coalesce(seen.events, 0) AS events, coalesce(seen.block, 0) AS blocked, coalesce(seen.audit, 0) AS audited,
       coalesce(seen.override, 0) AS overridden, coalesce(seen.configuration, 0) AS changed, coalesce(seen.dests, 0) AS dests,
       seen.first_time AS "firstTime", seen.last_time AS "lastTime"
     FROM asr_rule r FULL JOIN seen ON seen."ID" = r."ID"
     ORDER BY ${orderBy(question.sort, 'coalesce(r."ID", seen."ID")')}`,
    counts.values,
  )
  return rows.map((row) => ({
    ...row,
    known: row.known === 1,
    standard: row.standard === 1,
    warnMode: row.warnMode === 1,
    techniques: row.techniques.split(' ').filter(Boolean),
  }))
}

/** The rules of the lookup. */
export const ruleNames = (sql: Sql): Promise<RuleName[]> =>
  sql.all('SELECT "ID", "ASR_Rule" AS name, short FROM asr_rule ORDER BY "ID"')

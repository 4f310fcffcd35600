import { detections } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { countsSql } from './counts.ts'
import { orderBy, pageLength } from './page.ts'
import { exactly, riskDays, riskWindow } from './risk.ts'
import { riskCounts } from './risk-hits.ts'
import type { HostRow, HostSummary, Page, RuleState } from './rows.ts'
import { byMode } from './timeline.ts'
import { dayLength } from './window.ts'

const named =
  'sum(count) AS events, count(DISTINCT nullif(rule_id, 0)) AS rules, min(first) AS firstTime, max(last) AS lastTime'

/** Every dest with its counts by mode, and its risk of the seven days to the anchor. */
export async function selectHosts(store: Store, params: Params): Promise<Page<HostRow>> {
  const counts = await countsSql(store, params)
  const { to } = await riskWindow(store, { ...params, from: null, to: null, last: null })
  const risk = riskCounts({ ...params, filters: {}, q: null }, { from: to - riskDays * dayLength, to })
  const limit = params.limit ?? pageLength
  const rows = await store.all<HostRow & { total: number }>(
    `WITH risk AS MATERIALIZED (
       SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS riskEvents
       FROM (${risk.sql}) h JOIN detection ON detection.id = h.detection GROUP BY dest_id),
     host AS (SELECT dest_id, ${named}, ${byMode('EventCode', 'count')} FROM (${counts.sql}) GROUP BY dest_id)
     SELECT d.name AS dest, host.events, host.block AS blocked, host.audit AS audited, host.override AS overridden,
       host.configuration AS changed, host.rules, host.firstTime, host.lastTime,
       coalesce(risk.score, 0) AS score, coalesce(risk.riskEvents, 0) AS riskEvents, count(*) OVER () AS total
     FROM host JOIN dest d ON d.id = host.dest_id LEFT JOIN risk ON risk.dest_id = host.dest_id
     ORDER BY ${orderBy(params.sort, 'd.key')} LIMIT ? OFFSET ?`,
    [...risk.values, ...counts.values, limit, (params.page - 1) * limit],
  )
  // A page past the end has no row that says how many there are.
  if (rows.length === 0 && params.page > 1)
    return { ...(await selectHosts(store, { ...params, page: 1, limit: 1 })), rows }
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total, ...row }) => row) }
}

/** One dest with the state each rule was last seen in; null where no event of it is stored. */
export async function selectHost(store: Store, dest: string, params: Params): Promise<HostSummary | null> {
  const filters = { dest: [exactly(dest)] }
  const open = { from: null, to: null, last: null, q: null, stack: null, page: 1, limit: 1 }
  const { rows } = await selectHosts(store, { ...params, ...open, filters })
  const [host] = rows
  return host === undefined ? null : { ...host, ruleStates: await selectRuleStates(store, host.dest) }
}

/**
 * Returns the state of each rule of the lookup on a dest: that of its newest event or newest change. A 1129 proves warn,
 * and so does a change to Warn. 1121 is logged in warn mode too, so only a later 1122 or a later change ends it.
 */
async function selectRuleStates(store: Store, dest: string): Promise<HostSummary['ruleStates']> {
  return store.all<HostSummary['ruleStates'][number] & { state: RuleState }>(
    `WITH host AS (SELECT id FROM dest WHERE key = ?),
     seen AS (
       SELECT t.value AS ID, r.last_time AS time, r.count, true AS isEvent,
         CASE r.EventCode WHEN 1121 THEN 'block' WHEN 1122 THEN 'audit' WHEN 1129 THEN 'warn' END AS state
       FROM dest_rule r JOIN text t ON t.id = r.rule_id
       WHERE r.dest_id = (SELECT id FROM host) AND r.EventCode IN (1121, 1122, 1129)
       UNION ALL
       SELECT t.value, total.last_time, 0, false,
         CASE s.new_state WHEN 'Block' THEN 'block' WHEN 'Audit' THEN 'audit' WHEN 'Warn' THEN 'warn' ELSE 'off' END
       FROM stack s JOIN stack_total total ON total.detection = s.detection AND total.id = s.id JOIN text t ON t.id = s.rule_id
       WHERE s.dest_id = (SELECT id FROM host) AND s.detection IN (${detections.registry.numbers.join(', ')}) AND (s.old_state <> '' OR s.new_state <> '')),
     warned AS (
       SELECT ID FROM seen GROUP BY ID
       HAVING max(time) FILTER (WHERE state = 'warn')
         >= coalesce(max(time) FILTER (WHERE state <> 'warn' AND NOT (isEvent AND state = 'block')), ${Number.MIN_SAFE_INTEGER})),
     newest AS (SELECT ID, iif(ID IN (SELECT ID FROM warned), 'warn', state) AS state, max(time) FROM seen GROUP BY ID),
     counted AS (SELECT ID, sum(count) AS count FROM seen GROUP BY ID)
     SELECT r.ID, r.ASR_Rule, coalesce(newest.state, 'unknown') AS state, coalesce(counted.count, 0) AS count
     FROM asr_rule r LEFT JOIN newest ON newest.ID = r.ID LEFT JOIN counted ON counted.ID = r.ID ORDER BY r.ASR_Rule`,
    [dest.toLowerCase()],
  )
}

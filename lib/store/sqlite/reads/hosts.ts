import { detections } from '#lib/asr/detections.ts'
import type { HostRow, Page, RuleStateRow } from '#lib/model/rows.ts'
import type { HostQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { among } from './condition.ts'
import { byMode, countsSql } from './counts.ts'
import { orderBy } from './order.ts'
import { pageOf } from './page.ts'
import { riskCounts } from './risk-hits.ts'

const named =
  'sum(count) AS events, count(DISTINCT nullif(rule_id, 0)) AS rules, min(first) AS first_time, max(last) AS last_time'

/** Every dest with its counts by mode, and its risk. */
export function hosts(sql: Sql, question: HostQuestion): Promise<Page<HostRow>> {
  const counts = countsSql(question)
  const risk = riskCounts(question.risk)
  return pageOf(question.page, ({ limit, offset }) =>
    sql.all<HostRow & { total: number }>(
      `WITH risk AS MATERIALIZED (
       SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS risk_events
       FROM (${risk.sql}) h JOIN detection ON detection.id = h.detection GROUP BY dest_id),
     host AS (SELECT dest_id, ${named}, ${byMode('"EventCode"', 'count')} FROM (${counts.sql}) c GROUP BY dest_id)
     SELECT d.name AS dest, host.events, host.block AS blocked, host.audit AS audited, host.override AS overridden,
       host.configuration AS changed, host.rules, host.first_time AS "firstTime", host.last_time AS "lastTime",
       coalesce(risk.score, 0) AS score, coalesce(risk.risk_events, 0) AS "riskEvents", count(*) OVER () AS total
     FROM host JOIN dest d ON d.id = host.dest_id LEFT JOIN risk ON risk.dest_id = host.dest_id
     ORDER BY ${orderBy(question.sort, 'd.key')} LIMIT ? OFFSET ?`,
      [...risk.values, ...counts.values, limit, offset],
    ),
  )
}

/** Whether an event of a host is stored, in whatever case its name is written. */
export const hasHost = async (sql: Sql, dest: string): Promise<boolean> =>
  (await sql.all('SELECT id FROM dest WHERE key = ?', [dest.toLowerCase()])).length > 0

/**
 * Returns the state of each rule of the lookup on a dest: that of its newest event or newest change. A 1129 proves warn,
 * and so does a change to Warn. 1121 is logged in warn mode too, so only a later 1122 or a later change ends it.
 */
export function ruleStates(sql: Sql, dest: string): Promise<RuleStateRow[]> {
  return sql.all<RuleStateRow>(
    `WITH host AS (SELECT id FROM dest WHERE key = ?),
     seen AS (
       SELECT t.value AS "ID", r.last_time AS time, r.count, r."EventCode",
         CASE r."EventCode" WHEN 1121 THEN 'block' WHEN 1122 THEN 'audit' WHEN 1129 THEN 'warn' END AS state
       FROM dest_rule r JOIN text t ON t.id = r.rule_id
       WHERE r.dest_id = (SELECT id FROM host) AND r."EventCode" IN (1121, 1122, 1129)
       UNION ALL
       SELECT t.value, total.last_time, 0, 5007,
         CASE s.new_state WHEN 'Block' THEN 'block' WHEN 'Audit' THEN 'audit' WHEN 'Warn' THEN 'warn' ELSE 'off' END
       FROM stack s JOIN stack_total total ON total.detection = s.detection AND total.id = s.id JOIN text t ON t.id = s.rule_id
       WHERE s.dest_id = (SELECT id FROM host) AND ${among('s.detection', detections.registry.numbers)} AND (s.old_state <> '' OR s.new_state <> '')),
     ordered AS (SELECT "ID", state, row_number() OVER (PARTITION BY "ID" ORDER BY time DESC, "EventCode", state) AS place FROM seen),
     rule AS (
       SELECT "ID", sum(count) AS count, max(time) FILTER (WHERE state = 'warn') AS warned,
         max(time) FILTER (WHERE state <> 'warn' AND "EventCode" <> 1121) AS ended
       FROM seen GROUP BY "ID")
     SELECT r."ID", r."ASR_Rule",
       CASE WHEN rule.warned >= coalesce(rule.ended, rule.warned) THEN 'warn' ELSE coalesce(newest.state, 'unknown') END AS state,
       coalesce(rule.count, 0) AS count
     FROM asr_rule r LEFT JOIN rule ON rule."ID" = r."ID" LEFT JOIN ordered newest ON newest."ID" = r."ID" AND newest.place = 1
     ORDER BY r."ASR_Rule"`,
    [dest.toLowerCase()],
  )
}

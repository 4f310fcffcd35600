import { detections } from '#lib/asr/detections.ts'
import { dayLength, startOfHour } from '#lib/asr/hours.ts'
import { allRules } from '#lib/asr/registry.ts'
import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import type { LeftOutRisk, Page, RiskCounts } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { RiskAsked, RiskQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { orderBy } from './order.ts'
import { pageOf } from './page.ts'
import { riskCounts, riskHits } from './risk-hits.ts'

/** Days back from the end of the window, oldest first. */
const days = [6, 5, 4, 3, 2, 1, 0]

type Ranked = Omit<RiskCounts, 'byDay' | 'parts'> & Record<`day${number}`, number> & { dest_id: number; total: number }

/** The dests of a page with their scores; the rest of each is read for those of the page only. */
export async function risk(sql: Sql, question: RiskQuestion): Promise<Page<RiskCounts>> {
  const isCounted = question.sort.every(({ column }) => countedColumns.includes(column))
  const ranked = isCounted ? await pageOf(question.page, (page) => rank(sql, question, page)) : null
  const scoring =
    ranked === null ? pageOf(question.page, (page) => score(sql, question, null, page)) : scoreOf(sql, question, ranked)
  const listed = (ranked ?? (await scoring)).rows.map(({ dest_id }) => dest_id)
  const [scored, parts] = await Promise.all([scoring, partsOf(sql, question, listed)])
  const rows = scored.rows.map(({ dest_id, dest, score, count, firstTime, lastTime, previousScore, ...byDay }) => ({
    ...{ dest, score, count, firstTime, lastTime, previousScore },
    byDay: days.map((day) => byDay[`day${day}`] ?? 0),
    parts: (parts.get(dest_id) ?? []).map(({ dest_id: __, ...part }) => part),
  }))
  return { total: scored.total, rows }
}

/** The dests of a page in its order: the window alone is counted for every dest. */
function rank(sql: Sql, question: RiskQuestion, { limit, offset }: PageRange) {
  const counts = riskCounts(question)
  return sql.all<{ dest_id: number; total: number }>(
    `SELECT ranked.dest_id, count(*) OVER () AS total FROM (
       SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS count
       FROM (${counts.sql}) c JOIN detection ON detection.id = c.detection GROUP BY dest_id) ranked
     JOIN dest d ON d.id = ranked.dest_id
     ORDER BY ${orderBy(question.sort, 'd.key', riskColumn)} LIMIT ? OFFSET ?`,
    [...counts.values, limit, offset],
  )
}

/** The scores of a page that is ranked already. */
async function scoreOf(sql: Sql, question: RiskQuestion, { total, rows }: Page<{ dest_id: number }>) {
  const dests = rows.map(({ dest_id }) => dest_id)
  return { total, rows: await score(sql, question, dests, { limit: dests.length, offset: 0 }) }
}

/** Columns that a dest can be ranked by from its counts in the window. */
const countedColumns = ['normalized_risk_object', 'score', 'count']

const inScores: Record<string, string> = { normalized_risk_object: 'd.name', score24h: 'ranked.day0' }
const riskColumn = (column: string): string => inScores[column] ?? `ranked."${column}"`

const dayCounts = days.map((day) => `count(*) FILTER (WHERE day = ${day}) AS day${day}`).join(', ')
const dayScores = days.map((day) => `sum(day${day} * risk_score) AS day${day}`).join(', ')

/** Scores of some dests, or of all: in the window, by its last seven days, and in the seven days before it. */
function score(
  sql: Sql,
  question: RiskQuestion,
  dests: number[] | null,
  { limit, offset }: PageRange,
): Promise<Ranked[]> {
  const { from, to } = question.range
  const current = riskHits(question, { from, to }, dests)
  const previous = riskHits(question, { from: from - days.length * dayLength, to: from - 1 }, dests)
  return sql.all<Ranked>(
    `WITH hit AS (
       SELECT CAST((? - 1 - last_time) / ${dayLength} AS INTEGER) AS day, c.* FROM (${current.sql}) c
       UNION ALL SELECT -1, p.* FROM (${previous.sql}) p),
     per AS (SELECT dest_id, detection, count(*) FILTER (WHERE day >= 0) AS events, count(*) FILTER (WHERE day = -1) AS before,
         min(first_time) FILTER (WHERE day >= 0) AS first, max(last_time) FILTER (WHERE day >= 0) AS last, ${dayCounts}
       FROM hit GROUP BY dest_id, detection),
     ranked AS (SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS count, min(first) AS "firstTime",
         max(last) AS "lastTime", sum(before * risk_score) AS "previousScore", ${dayScores}
       FROM per JOIN detection ON detection.id = per.detection GROUP BY dest_id HAVING sum(events) > 0)
     SELECT d.name AS dest, ranked.*, count(*) OVER () AS total
     FROM ranked JOIN dest d ON d.id = ranked.dest_id
     ORDER BY ${orderBy(question.sort, 'd.key', riskColumn)} LIMIT ? OFFSET ?`,
    [to, ...current.values, ...previous.values, limit, offset],
  )
}

/** How many dests have a score above the threshold in the last 24 hours of the range. */
export async function countOver24h(sql: Sql, asked: RiskAsked): Promise<number> {
  const { from, to } = asked.range
  const start = to - dayLength
  // A risk event is of an hour of the range, and belongs to the day of its last event: its hour is read from the beginning.
  const hits = riskHits(asked, { from: Math.max(from, startOfHour(start)), to })
  const [row] = await sql.all<{ dests: number }>(
    `SELECT count(*) AS dests FROM (
       SELECT hit.dest_id FROM (${hits.sql}) hit JOIN detection ON detection.id = hit.detection
       WHERE hit.last_time >= ? GROUP BY hit.dest_id HAVING sum(risk_score) > ${scoreThreshold}) o`,
    [...hits.values, start],
  )
  return row?.dests ?? 0
}

/** What the risk events of the range that are left out would add. */
export async function leftOutRisk(sql: Sql, asked: RiskAsked): Promise<LeftOutRisk> {
  if ((asked.leftOut?.count ?? 0) === 0) return { points: 0, events: 0, hosts: 0 }
  const hits = riskHits(asked, asked.range, null, true)
  const [row] = await sql.all<LeftOutRisk>(
    `SELECT coalesce(sum(risk_score), 0) AS points, count(*) AS events, count(DISTINCT hit.dest_id) AS hosts
     FROM (${hits.sql}) hit JOIN detection ON detection.id = hit.detection`,
    hits.values,
  )
  return row ?? { points: 0, events: 0, hosts: 0 }
}

type Part = RiskCounts['parts'][number] & { dest_id: number }

/** The risk events of some dests, counted by detection and rule. */
async function partsOf(sql: Sql, question: RiskQuestion, dests: number[]): Promise<Map<number, Part[]>> {
  const hits = riskHits(question, question.range, dests)
  const rows = await sql.all<Part>(
    `SELECT dest_id, detection, "ASR_Rule", sum(events) AS events FROM (
     SELECT h.dest_id, h.detection, h.events,
       CASE WHEN h.detection = ${detections.disabled.number} AND h.rule_id = 0 THEN '${allRules}'
         ELSE coalesce(asr_rule."ASR_Rule", 'NULL') END AS "ASR_Rule"
     FROM (SELECT h.dest_id, h.detection, s.rule_id, count(*) AS events
           FROM (${hits.sql}) h CROSS JOIN stack s ON s.id = h.stack_id GROUP BY h.dest_id, h.detection, s.rule_id) h
     LEFT JOIN text rule ON rule.id = h.rule_id
     LEFT JOIN asr_rule ON asr_rule."ID" = rule.value) p GROUP BY dest_id, detection, "ASR_Rule"`,
    hits.values,
  )
  return Map.groupBy(rows, ({ dest_id }) => dest_id)
}

/** The tactics of each technique of the lookup. */
export const tactics = (sql: Sql): Promise<{ technique: string; tactic: string }[]> =>
  sql.all('SELECT technique, tactic FROM attack')

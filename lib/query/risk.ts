import { literal } from '#lib/params/link.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { orderBy, pageLength } from './page.ts'
import { riskHits } from './risk-hits.ts'
import type { Page, RiskRow } from './rows.ts'
import { dayLength, resolveWindow } from './window.ts'

/** The window of the seed's second drilldown, in which risk is summed where the URL gives no range. */
export const riskDays = 7
const defaultRange = { text: `${riskDays}d`, ms: riskDays * dayLength }

/** Enterprise Security's two risk incident rules (docs.splunk.com, ES 7.0 default correlation searches). */
const thresholds = { score24h: 100, tactics: 3, sources: 4 }

/** The range risk is summed over: that of the URL, else seven days to the anchor. */
export async function riskWindow(store: Store, params: Params): Promise<{ from: number; to: number }> {
  const open = params.from === null && params.to === null && params.last === null
  const untilEnd = params.last === null && params.from === null ? { ...params, last: defaultRange } : params
  const { from, to, now } = await resolveWindow(store, open ? { ...params, last: defaultRange } : untilEnd)
  const end = to ?? now
  return { from: from ?? end - defaultRange.ms, to: end }
}

type Ranked = Omit<
  RiskRow,
  'byDetection' | 'byDay' | ListColumn | 'tactics' | 'sources' | 'over24h' | 'overTactics'
> & {
  dest_id: number
  byDetection: string
  byDay: string
  total: number
}
type ListColumn = 'Search Name' | 'Risk Message' | 'Analytic Stories' | 'Annotations' | 'ATT&CK Tactics'

/** Days back from the end of the window, oldest first. */
const days = Array.from({ length: riskDays }, (_, index) => riskDays - 1 - index)

const dayCounts = days
  .map(
    (day) =>
      `count(*) FILTER (WHERE current AND last_time > ? - ${(day + 1) * dayLength} AND last_time <= ? - ${day * dayLength}) AS day${day}`,
  )
  .join(', ')

/**
 * Ranks every risk object by the score of its risk events. A risk event is one result row of an Anomaly or TTP
 * detection within one clock hour, at the detection's score; it belongs to the day of its last event.
 */
export async function selectRisk(store: Store, params: Params): Promise<Page<RiskRow>> {
  const { from, to } = await riskWindow(store, params)
  const current = riskHits(params, { from, to })
  const previous = riskHits(params, { from: from - riskDays * dayLength, to: from - 1 })
  const limit = params.limit ?? pageLength
  const ranked = await store.all<Ranked>(
    `WITH hit AS (SELECT true AS current, * FROM (${current.sql}) UNION ALL SELECT false, * FROM (${previous.sql})),
     per AS (SELECT dest_id, detection, count(*) FILTER (WHERE current) AS events, count(*) FILTER (WHERE NOT current) AS before,
         min(first_time) FILTER (WHERE current) AS first, max(last_time) FILTER (WHERE current) AS last, ${dayCounts}
       FROM hit GROUP BY dest_id, detection),
     row AS (SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS count, min(first) AS firstTime, max(last) AS lastTime,
         sum(before * risk_score) AS previousScore, sum(day0 * risk_score) AS score24h,
         json_array(${days.map((day) => `sum(day${day} * risk_score)`).join(', ')}) AS byDay,
         json_group_object(view, events * risk_score) FILTER (WHERE events > 0) AS byDetection
       FROM per JOIN detection ON detection.id = per.detection GROUP BY dest_id HAVING sum(events) > 0)
     SELECT d.name AS normalized_risk_object, row.*, count(*) OVER () AS total
     FROM row JOIN dest d ON d.id = row.dest_id ORDER BY ${orderBy(params.sort, 'd.key')} LIMIT ? OFFSET ?`,
    [...current.values, ...previous.values, ...days.flatMap(() => [to, to]), limit, (params.page - 1) * limit],
  )
  const lists = await selectLists(
    store,
    params,
    { from, to },
    ranked.map(({ dest_id }) => dest_id),
  )
  return { total: ranked[0]?.total ?? 0, rows: ranked.map((row) => riskRow(row, lists.get(row.dest_id))) }
}

type Lists = Record<ListColumn, Set<string>>

const riskRow = ({ dest_id, total, ...row }: Ranked, lists?: Lists): RiskRow => {
  const sorted = (column: ListColumn) => [...(lists?.[column] ?? [])].sort()
  const byDetection: Record<string, number> = JSON.parse(row.byDetection)
  const tactics = lists?.['ATT&CK Tactics'].size ?? 0
  const sources = Object.keys(byDetection).length
  return {
    ...row,
    'Search Name': sorted('Search Name'),
    'Risk Message': sorted('Risk Message'),
    'Analytic Stories': sorted('Analytic Stories'),
    Annotations: sorted('Annotations'),
    'ATT&CK Tactics': sorted('ATT&CK Tactics'),
    byDetection,
    byDay: JSON.parse(row.byDay),
    tactics,
    sources,
    over24h: row.score24h > thresholds.score24h,
    overTactics: tactics >= thresholds.tactics && sources >= thresholds.sources,
  }
}

type Listed = {
  dest_id: number
  'Search Name': string
  'Risk Message': string
  'Analytic Stories': string
  techniques: string
}

/** The multi-valued columns of some risk objects: distinct values, as Splunk's `values()` gives them. */
async function selectLists(store: Store, params: Params, range: { from: number; to: number }, dests: number[]) {
  const hits = riskHits(params, range)
  const rows = await store.all<Listed>(
    `SELECT h.dest_id, detection.title AS "Search Name", detection.story AS "Analytic Stories", detection.techniques,
       replace(replace(detection.message, '$ASR_Rule$', coalesce(asr_rule.ASR_Rule, 'NULL')), '$dest$', d.name) AS "Risk Message"
     FROM (SELECT DISTINCT h.dest_id, h.detection, s.rule_id FROM (${hits.sql}) h CROSS JOIN stack s ON s.id = h.stack_id
           WHERE h.dest_id IN (SELECT value FROM json_each(?))) h
     JOIN detection ON detection.id = h.detection
     JOIN dest d ON d.id = h.dest_id
     LEFT JOIN text rule ON rule.id = h.rule_id
     LEFT JOIN asr_rule ON asr_rule.ID = rule.value`,
    [...hits.values, JSON.stringify(dests)],
  )
  const tactics = await selectTactics(store)
  const lists = new Map<number, Lists>()
  for (const row of rows) {
    const techniques = row.techniques.split(' ')
    const own = lists.get(row.dest_id) ?? emptyLists()
    lists.set(row.dest_id, own)
    for (const column of ['Search Name', 'Risk Message', 'Analytic Stories'] as const) own[column].add(row[column])
    for (const technique of techniques) own.Annotations.add(technique)
    for (const tactic of techniques.flatMap((technique) => tactics.get(technique) ?? []))
      own['ATT&CK Tactics'].add(tactic)
  }
  return lists
}

const emptyLists = (): Lists => ({
  'Search Name': new Set(),
  'Risk Message': new Set(),
  'Analytic Stories': new Set(),
  Annotations: new Set(),
  'ATT&CK Tactics': new Set(),
})

async function selectTactics(store: Store): Promise<Map<string, string[]>> {
  const rows = await store.all<{ technique: string; tactic: string }>(
    'SELECT technique, tactic FROM attack ORDER BY tactic',
  )
  const tactics = new Map<string, string[]>()
  for (const { technique, tactic } of rows) tactics.set(technique, [...(tactics.get(technique) ?? []), tactic])
  return tactics
}

/** *View risk events for the last 7 days for - "$dest$"*: the risk of one object, or null where it has none. */
export async function selectRiskOf(store: Store, dest: string, params: Params): Promise<RiskRow | null> {
  const filters = { ...params.filters, dest: [exactly(dest)] }
  const { rows } = await selectRisk(store, { ...params, filters, page: 1, limit: 1 })
  return rows[0] ?? null
}

/** A filter that means this dest alone, whatever characters its name has. */
export const exactly = (dest: string): string => literal(dest)

import { detections } from '#lib/asr/detections.ts'
import { allRules } from '#lib/asr/registry.ts'
import { literal } from '#lib/params/link.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { type Searched, search } from './found.ts'
import { orderBy, pageLength } from './page.ts'
import { riskCounts, riskHits } from './risk-hits.ts'
import type { Page, RiskRow } from './rows.ts'
import { dayLength, resolveWindow } from './window.ts'

/** The window of the seed's second drilldown, in which risk is summed where the URL gives no range. */
export const riskDays = 7
const defaultRange = { text: `${riskDays}d`, ms: riskDays * dayLength }

/** Enterprise Security's two risk incident rules (docs.splunk.com, ES 7.0 default correlation searches). */
const thresholds = { score24h: 100, tactics: 3, sources: 4 }

type Range = { from: number; to: number }

/** The range risk is summed over: that of the URL, else seven days to its `to` or to the anchor. */
export async function riskWindow(store: Store, params: Params): Promise<Range> {
  const isOpen = params.from === null && params.last === null
  const { from, to, now } = await resolveWindow(store, isOpen ? { ...params, last: defaultRange } : params)
  return { from: from ?? 0, to: to ?? now }
}

type Ranked = Pick<
  RiskRow,
  'normalized_risk_object' | 'score' | 'count' | 'firstTime' | 'lastTime' | 'previousScore' | 'score24h'
> & {
  dest_id: number
  byDay: string
  total: number
}

/** Days back from the end of the window, oldest first. */
const days = Array.from({ length: riskDays }, (_, index) => riskDays - 1 - index)

/**
 * Ranks every risk object by the score of its risk events. A risk event is one result row of an Anomaly or TTP
 * detection within one clock hour, at the detection's score; it belongs to the day of its last event.
 */
export async function selectRisk(store: Store, asked: Params): Promise<Page<RiskRow>> {
  const params = await search(store, asked)
  const range = await riskWindow(store, params)
  const limit = params.limit ?? pageLength
  const isCounted = params.sort.every(({ column }) => countedColumns.includes(column))
  const { dests, total } = isCounted ? await rankDests(store, params, range, limit) : { dests: null, total: 0 }
  const scoring = selectScores(store, params, range, dests, dests === null ? limit : dests.length)
  const listed = dests ?? (await scoring).map(({ dest_id }) => dest_id)
  const [scored, lists] = await Promise.all([scoring, selectLists(store, params, range, listed)])
  const rows = scored.map((row) => riskRow(row, lists.get(row.dest_id)))
  // A page past the end has no row that says how many there are.
  if (rows.length === 0 && params.page > 1)
    return { ...(await selectRisk(store, { ...params, page: 1, limit: 1 })), rows }
  return { total: dests === null ? (scored[0]?.total ?? 0) : total, rows }
}

/** The dests of a page in its order: the window alone is counted for every dest, all else is read for those shown. */
async function rankDests(store: Store, params: Searched, range: Range, limit: number) {
  const counts = riskCounts(params, range)
  const rows = await store.all<{ dest_id: number; total: number }>(
    `SELECT row.dest_id, count(*) OVER () AS total FROM (
       SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS count
       FROM (${counts.sql}) c JOIN detection ON detection.id = c.detection GROUP BY dest_id) row
     JOIN dest d ON d.id = row.dest_id
     ORDER BY ${orderBy(params.sort, 'd.key', riskColumn)} LIMIT ? OFFSET ?`,
    [...counts.values, limit, (params.page - 1) * limit],
  )
  return { dests: rows.map(({ dest_id }) => dest_id), total: rows[0]?.total ?? 0 }
}

/** Columns that a dest can be ranked by from its counts in the window. */
const countedColumns = ['normalized_risk_object', 'score', 'count']

const riskColumn = (column: string): string => (column === 'normalized_risk_object' ? 'd.name' : `row."${column}"`)

const dayCounts = days.map((day) => `count(*) FILTER (WHERE day = ${day}) AS day${day}`).join(', ')

/** Scores of some dests, or of all: in the window, by its last seven days, and in the seven days before it. */
function selectScores(
  store: Store,
  params: Searched,
  { from, to }: Range,
  dests: number[] | null,
  limit: number,
): Promise<Ranked[]> {
  const current = riskHits(params, { from, to }, dests)
  const previous = riskHits(params, { from: from - riskDays * dayLength, to: from - 1 }, dests)
  return store.all<Ranked>(
    `WITH hit AS (
       SELECT CAST((? - 1 - last_time) / ${dayLength} AS INTEGER) AS day, * FROM (${current.sql})
       UNION ALL SELECT -1, * FROM (${previous.sql})),
     per AS (SELECT dest_id, detection, count(*) FILTER (WHERE day >= 0) AS events, count(*) FILTER (WHERE day = -1) AS before,
         min(first_time) FILTER (WHERE day >= 0) AS first, max(last_time) FILTER (WHERE day >= 0) AS last, ${dayCounts}
       FROM hit GROUP BY dest_id, detection),
     row AS (SELECT dest_id, sum(events * risk_score) AS score, sum(events) AS count, min(first) AS firstTime, max(last) AS lastTime,
         sum(before * risk_score) AS previousScore, sum(day0 * risk_score) AS score24h,
         json_array(${days.map((day) => `sum(day${day} * risk_score)`).join(', ')}) AS byDay
       FROM per JOIN detection ON detection.id = per.detection GROUP BY dest_id HAVING sum(events) > 0)
     SELECT d.name AS normalized_risk_object, row.*, count(*) OVER () AS total
     FROM row JOIN dest d ON d.id = row.dest_id ORDER BY ${orderBy(params.sort, 'd.key', riskColumn)} LIMIT ? OFFSET ?`,
    [to, ...current.values, ...previous.values, limit, dests === null ? (params.page - 1) * limit : 0],
  )
}

const listColumns = ['Search Name', 'Risk Message', 'Analytic Stories', 'Annotations', 'ATT&CK Tactics'] as const
type Lists = Record<(typeof listColumns)[number], Set<string>> & { byDetection: Record<string, number> }

const emptyLists = (): Lists => ({
  'Search Name': new Set(),
  'Risk Message': new Set(),
  'Analytic Stories': new Set(),
  Annotations: new Set(),
  'ATT&CK Tactics': new Set(),
  byDetection: {},
})

function riskRow({ dest_id: _, total: __, ...row }: Ranked, found: Lists | undefined): RiskRow {
  const lists = found ?? emptyLists()
  const sorted = (column: (typeof listColumns)[number]) => [...lists[column]].sort()
  const tactics = lists['ATT&CK Tactics'].size
  const sources = lists['Search Name'].size
  return {
    ...row,
    'Search Name': sorted('Search Name'),
    'Risk Message': sorted('Risk Message'),
    'Analytic Stories': sorted('Analytic Stories'),
    Annotations: sorted('Annotations'),
    'ATT&CK Tactics': sorted('ATT&CK Tactics'),
    byDetection: lists.byDetection,
    byDay: JSON.parse(row.byDay),
    tactics,
    sources,
    over24h: row.score24h > thresholds.score24h,
    overTactics: tactics >= thresholds.tactics && sources >= thresholds.sources,
  }
}

type Listed = {
  dest_id: number
  view: string
  score: number
  'Search Name': string
  'Risk Message': string
  'Analytic Stories': string
  techniques: string
}

/** The multi-valued columns of some risk objects: distinct values, as Splunk's `values()` gives them; and their scores by detection. */
async function selectLists(store: Store, params: Searched, range: Range, dests: number[]): Promise<Map<number, Lists>> {
  const hits = riskHits(params, range, dests)
  const rows = await store.all<Listed>(
    `SELECT h.dest_id, detection.view, h.events * detection.risk_score AS score, detection.title AS "Search Name",
       detection.story AS "Analytic Stories", detection.techniques,
       replace(replace(detection.message, '$ASR_Rule$',
         CASE WHEN h.detection = ${detections.disabled.number} AND h.rule_id = 0 THEN '${allRules}'
           ELSE coalesce(asr_rule.ASR_Rule, 'NULL') END), '$dest$', d.name) AS "Risk Message"
     FROM (SELECT h.dest_id, h.detection, s.rule_id, count(*) AS events
           FROM (${hits.sql}) h CROSS JOIN stack s ON s.id = h.stack_id GROUP BY 1, 2, 3) h
     JOIN detection ON detection.id = h.detection
     JOIN dest d ON d.id = h.dest_id
     LEFT JOIN text rule ON rule.id = h.rule_id
     LEFT JOIN asr_rule ON asr_rule.ID = rule.value`,
    hits.values,
  )
  const tactics = await selectTactics(store)
  const lists = new Map<number, Lists>()
  for (const row of rows) {
    const own = lists.get(row.dest_id) ?? emptyLists()
    lists.set(row.dest_id, own)
    own.byDetection[row.view] = (own.byDetection[row.view] ?? 0) + row.score
    for (const column of ['Search Name', 'Risk Message', 'Analytic Stories'] as const) own[column].add(row[column])
    for (const technique of row.techniques.split(' ')) {
      own.Annotations.add(technique)
      for (const tactic of tactics.get(technique) ?? []) own['ATT&CK Tactics'].add(tactic)
    }
  }
  return lists
}

async function selectTactics(store: Store): Promise<Map<string, string[]>> {
  const rows = await store.all<{ technique: string; tactic: string }>('SELECT technique, tactic FROM attack')
  const tactics = new Map<string, string[]>()
  for (const { technique, tactic } of rows) tactics.set(technique, [...(tactics.get(technique) ?? []), tactic])
  return tactics
}

/** A filter that means this dest alone, whatever characters its name has. */
export const exactly = (dest: string): string => literal(dest)

/** *View risk events for the last 7 days for - "$dest$"*: the risk of one object, or null where it has none. */
export async function selectRiskOf(store: Store, dest: string, params: Params): Promise<RiskRow | null> {
  const filters = { ...params.filters, dest: [exactly(dest)] }
  const { rows } = await selectRisk(store, { ...params, filters, page: 1, limit: 1 })
  return rows[0] ?? null
}

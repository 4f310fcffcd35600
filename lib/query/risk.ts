import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { dayLength } from '#lib/asr/hours.ts'
import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import type { LeftOutRisk, Page, RiskCounts, RiskPage, RiskRow } from '#lib/model/rows.ts'
import { literal } from '#lib/params/link.ts'
import { pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import type { ClosedRange, EventReads, RiskAsked } from '#lib/store/reads.ts'
import { askAgain, asked, type Question } from './question.ts'
import { isWithin } from './source.ts'

/** The days of the seed's second drilldown, in which risk is summed if the URL has no range. */
export const riskDays = 7
const defaultRange = { text: `${riskDays}d`, ms: riskDays * dayLength }

/** The same question over the range risk is summed over: that of the URL, else seven days to its `to` or to the anchor. */
export const overRiskRange = (question: Question): Question =>
  question.params.from === null && question.params.last === null ? askAgain(question, { last: defaultRange }) : question

/** The range of `overRiskRange`, with both ends. */
export function riskRange(question: Question): ClosedRange {
  const { from, to, now } = overRiskRange(question).window
  return { from: from ?? 0, to: to ?? now }
}

const riskAsked = (question: Question): RiskAsked => ({
  ...asked(question),
  range: riskRange(question),
  leftOut: question.leftOut,
  source: question.filter.stack === null && isWithin(question.filter, ['dest']) ? 'hours' : 'events',
})

/** The risk that decisions leave out; null if they are not applied. */
export const selectLeftOut = async (reads: EventReads, question: Question): Promise<LeftOutRisk | null> =>
  question.leftOut === null ? null : reads.leftOutRisk(riskAsked(question))

/** A page of the ranking, and how many hosts of all pages are over the threshold of 24 hours. */
export async function selectRiskPage(reads: EventReads, question: Question): Promise<RiskPage> {
  const [page, over24h, leftOut] = await Promise.all([
    selectRisk(reads, question),
    reads.countOver24h(riskAsked(question)),
    selectLeftOut(reads, question),
  ])
  return { ...page, over24h, leftOut }
}

/**
 * Ranks every risk object by the score of its risk events. A risk event is one result row of an Anomaly or TTP
 * detection within one clock hour, at the detection's score; it belongs to the day of its last event.
 */
export async function selectRisk(reads: EventReads, question: Question): Promise<Page<RiskRow>> {
  const { params } = question
  const [{ total, rows }, tactics] = await Promise.all([
    reads.risk({ ...riskAsked(question), sort: params.sort, page: pageRange(params) }),
    reads.tactics(),
  ])
  const tacticsOf = Map.groupBy(tactics, ({ technique }) => technique)
  return {
    total,
    rows: rows.map((row) => riskRow(row, (technique) => (tacticsOf.get(technique) ?? []).map(({ tactic }) => tactic))),
  }
}

const byNumber = new Map(detectionKeys.map((key) => [detections[key].number, detections[key]]))

/** Distinct values in order, as Splunk's `values()` returns them. */
const values = (texts: readonly string[]): string[] => [...new Set(texts)].sort()

function riskRow({ dest, parts, ...counted }: RiskCounts, tacticsOf: (technique: string) => string[]): RiskRow {
  const found = parts.flatMap(({ detection: number, ...part }) => {
    const detection = byNumber.get(number)
    return detection === undefined ? [] : [{ ...part, detection }]
  })
  const byDetection: Record<string, number> = {}
  for (const { detection, events } of found)
    byDetection[detection.view] = (byDetection[detection.view] ?? 0) + events * (detection.riskScore ?? 0)
  const message = (text: string, rule: string): string =>
    text.replaceAll('$ASR_Rule$', () => rule).replaceAll('$dest$', () => dest)
  const techniques = values(found.flatMap(({ detection }) => detection.techniques))
  const tactics = values(techniques.flatMap(tacticsOf))
  const searches = values(found.map(({ detection }) => detection.search))
  const score24h = counted.byDay.at(-1) ?? 0
  return {
    normalized_risk_object: dest,
    ...counted,
    score24h,
    'Search Name': searches,
    'Risk Message': values(found.map(({ detection, ASR_Rule }) => message(detection.message, ASR_Rule))),
    'Analytic Stories': values(found.map(({ detection }) => detection.story)),
    Annotations: techniques,
    'ATT&CK Tactics': tactics,
    byDetection,
    over24h: score24h > scoreThreshold,
  }
}

/** Parameters, of one host only. */
export const ofDest = (params: Params, dest: string): Params => ({
  ...params,
  filters: { ...params.filters, dest: [literal(dest)] },
})

/** *View risk events for the last 7 days for - "$dest$"*: the risk under a question of one host; null if it has none. */
export async function selectRiskOf(reads: EventReads, question: Question): Promise<RiskRow | null> {
  return (await selectRisk(reads, askAgain(question, { page: 1, limit: 1 }))).rows[0] ?? null
}

import { z } from 'zod'
import { count, page, time } from './schema.ts'

const texts = z.array(z.string())

const scored = {
  score: count,
  count: count.describe('Risk events.'),
  firstTime: time,
  lastTime: time,
  byDay: z.array(count).describe('Score of each of the last seven 24-hour days, oldest first.'),
  previousScore: count.describe('Score of the seven days before.'),
}

/** The scores of a host: what a store counts, from which a row of the risk ranking is made. */
export const riskCounts = z.object({
  dest: z.string(),
  ...scored,
  parts: z
    .array(z.object({ detection: count, ASR_Rule: z.string(), events: count }))
    .describe('Risk events by the number of their detection and the name of their rule.'),
})
export type RiskCounts = z.infer<typeof riskCounts>

/** A row of the risk ranking, named as the seed's second drilldown names its columns. */
export const riskRow = z.object({
  normalized_risk_object: z.string(),
  ...scored,
  'Search Name': texts,
  'Risk Message': texts,
  'Analytic Stories': texts,
  Annotations: texts,
  'ATT&CK Tactics': texts,
  byDetection: z.record(z.string(), count).describe('Score by the name of the view of a detection.'),
  score24h: count.describe('Score of the last 24 hours.'),
  over24h: z.boolean().describe("Whether that is above Enterprise Security's threshold."),
})
export type RiskRow = z.infer<typeof riskRow>

/** The risk of one host: one row or none. */
export const riskOfHost = page(riskRow)

/** The risk that `dispositions=apply` leaves out. */
export const leftOutRisk = z.object({
  points: count.describe('Score of the risk events that are left out.'),
  events: count.describe('Risk events that are left out, since their result row is known good.'),
  hosts: count.describe('Hosts that have some.'),
})
export type LeftOutRisk = z.infer<typeof leftOutRisk>

export const riskPage = riskOfHost.extend({
  over24h: count.describe(
    "Hosts, on all pages, whose score of the last 24 hours is above Enterprise Security's threshold.",
  ),
  leftOut: leftOutRisk.nullable().describe('What `dispositions=apply` leaves out, on all pages; null without it.'),
})
export type RiskPage = z.infer<typeof riskPage>

/** A technique of the lookup and one of its tactics. */
export const tacticRow = z.object({ technique: z.string(), tactic: z.string() })

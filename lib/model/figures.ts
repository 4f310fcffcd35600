import { z } from 'zod'
import { modeCounts, type StoredTotals } from './hosts.ts'
import { type FleetStack, fleetStack } from './hunting.ts'
import type { Receipt } from './receipt.ts'
import { type RiskRow, riskCounts } from './risk.ts'
import { count, time } from './schema.ts'

/** A point of a timeline: one hour or one day, counted by mode. */
export const timelinePoint = z.object({ time, block: count, audit: count, override: count, configuration: count })
export type TimelinePoint = z.infer<typeof timelinePoint>
export type Timeline = { bucket: 'hour' | 'day'; points: TimelinePoint[] }

export type Overview = StoredTotals & {
  newestUpload: Receipt | null
  /** The last 30 days of data, a point a day, for the sparks. */
  days: TimelinePoint[]
  timeline: Timeline
  rarest: FleetStack[]
  mostFrequent: FleetStack[]
  hostsByRisk: RiskRow[]
  /** Stacks first seen in the last day of data. */
  newStacks: FleetStack[]
}

/** What the wall shows. */
export const wallData = z.object({
  at: time.describe('When the figures were sent.'),
  newestEvent: time.nullable(),
  newestUpload: time.nullable(),
  last24h: modeCounts,
  last7d: modeCounts,
  hours: z.array(timelinePoint),
  hostsByRisk: z.array(riskCounts.pick({ dest: true, score: true, previousScore: true, byDay: true })),
  rulesFiring: z.array(
    z.object({ ID: z.string(), ASR_Rule: z.string(), short: z.string(), blocked: count, audited: count, dests: count }),
  ),
  disabledRules: z.array(z.object({ time, dest: z.string(), ASR_Rule: z.string(), from: z.string(), to: z.string() })),
  rareStacks: z.array(fleetStack.omit({ ID: true, EventCode: true, firstTime: true })),
})
export type WallData = z.infer<typeof wallData>

import { z } from 'zod'
import { type HostBreak, hostBreak } from './continuity-rows.ts'
import { modeCounts } from './hosts.ts'
import { type DetectionRow, type FleetStack, fleetStack } from './hunting.ts'
import type { Receipt } from './receipt.ts'
import { type LeftOutRisk, leftOutRisk, type RiskRow, riskCounts } from './risk.ts'
import { count, type Page, time } from './schema.ts'

/** A point of a timeline: one hour or one day, counted by mode. */
export const timelinePoint = z.object({ time, block: count, audit: count, override: count, configuration: count })
export type TimelinePoint = z.infer<typeof timelinePoint>
export type Timeline = { bucket: 'hour' | 'day'; points: TimelinePoint[] }

/** What lowered protection, and where records of hosts end: the latest few of each, and how many there are. */
export type Warnings = {
  disabled: Page<DetectionRow>
  weakened: Page<DetectionRow>
  cleared: Page<HostBreak>
  stopped: Page<HostBreak>
}

/** What the overview shows of a time range. */
export type Overview = z.infer<typeof modeCounts> & {
  rulesKnown: number
  /** Of the configuration changes, how many are about ASR. */
  asrChanges: number
  newestUpload: Receipt | null
  timeline: Timeline
  /** Stacks seen in the range. Their counts are those of all time. */
  rarest: FleetStack[]
  mostFrequent: FleetStack[]
  /** Stacks first seen in the last day of the range. */
  newStacks: FleetStack[]
  /** By the risk of the seven days to the end of the range. */
  hostsByRisk: RiskRow[]
  /** Risk of these days that decisions leave out, on all hosts; null if they are not applied. */
  leftOut: LeftOutRisk | null
  warnings: Warnings
}

const change = z.object({
  ...{ time, dest: z.string(), ASR_Rule: z.string(), from: z.string(), to: z.string() },
  words: z.string().describe('What changed, as a sentence. It may contain logged text.'),
})

/** What the wall shows. */
export const wallData = z.object({
  at: time.describe('When the figures were sent.'),
  newestEvent: time.nullable(),
  newestUpload: time.nullable(),
  last24h: modeCounts,
  last7d: modeCounts,
  hours: z.array(timelinePoint),
  hostsByRisk: z.array(riskCounts.pick({ dest: true, score: true, previousScore: true, byDay: true })),
  leftOut: leftOutRisk
    .nullable()
    .describe('Risk of the seven days that `dispositions=apply` leaves out; null without it.'),
  rulesFiring: z.array(
    z.object({ ID: z.string(), ASR_Rule: z.string(), short: z.string(), blocked: count, audited: count, dests: count }),
  ),
  disabledRules: z.array(change),
  weakenedRules: z.array(change.extend({ Exclusion: z.string().nullable() })),
  clearedLogs: z.array(hostBreak),
  stoppedHosts: z.array(hostBreak),
  silences: z.array(hostBreak).describe('The newest silence of more than a day within a log.'),
  warnings7d: z
    .object({ disabled: count, weakened: count, cleared: count, stopped: count, silence: count })
    .describe(
      'Rows of rules disabled and of weakened protection, cleared logs, hosts that stopped sending, and silences within logs.',
    ),
  rareStacks: z.array(fleetStack.omit({ ID: true, EventCode: true, firstTime: true })),
})
export type WallData = z.infer<typeof wallData>

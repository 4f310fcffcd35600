import { z } from 'zod'
import { count, time } from './schema.ts'

/** Events by mode. */
const modes = { events: count, blocked: count, audited: count, overridden: count, changed: count }

export const hostRow = z.object({
  dest: z.string(),
  ...modes,
  rules: count.describe('Distinct ASR rules seen.'),
  firstTime: time,
  lastTime: time,
  score: count.describe('Risk of the 7 days to the anchor.'),
  riskEvents: count.describe('Risk events of these 7 days.'),
})
export type HostRow = z.infer<typeof hostRow>

/** How a rule was last seen on a host: by its newest event or configuration change. */
export const ruleStateRow = z.object({
  ID: z.string(),
  ASR_Rule: z.string(),
  state: z.enum(['block', 'audit', 'warn', 'off', 'unknown']),
  count,
})
export type RuleStateRow = z.infer<typeof ruleStateRow>
export type RuleState = RuleStateRow['state']
export type HostSummary = HostRow & { ruleStates: RuleStateRow[] }

/** A host by the first label of its name, in lower case; `total` is how many hosts have that label. */
export const labelledHost = z.object({ label: z.string(), dest: z.string(), total: count })
export type LabelledHost = z.infer<typeof labelledHost>

/** A rule of the lookup: its GUID, its name and a short form for narrow places. */
export const ruleName = z.object({ ID: z.string(), name: z.string(), short: z.string() })
export type RuleName = z.infer<typeof ruleName>

export const ruleRow = z.object({
  ID: z.string(),
  ASR_Rule: z.string(),
  short: z.string().describe('Short form of the name, for places with little space.'),
  known: z.boolean().describe('False for a GUID that was logged but is in no lookup.'),
  standard: z.boolean().describe("Whether it is one of Microsoft's standard protection rules."),
  warnMode: z.boolean().describe('Whether the rule has a warn mode.'),
  techniques: z.array(z.string()).describe('ATT&CK techniques that the rule counters.'),
  ...modes,
  dests: count,
  firstTime: time.nullable(),
  lastTime: time.nullable(),
})
export type RuleRow = z.infer<typeof ruleRow>

/** Events of a range by mode, and the hosts and rules that they are of. */
export const modeCounts = z.object({
  ...modes,
  dests: count,
  rules: count.describe('Rules of the lookup that were seen.'),
})
export type ModeCounts = z.infer<typeof modeCounts>

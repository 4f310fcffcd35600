import type { Section } from '#lib/asr/event.ts'
import type { DestContinuity, Stretch, VersionKind } from '#lib/model/continuity.ts'
import type { RejectReason } from '#lib/model/reject.ts'
import type { UploadState } from '#lib/model/upload.ts'

/** Times in rows are milliseconds since 1970 UTC; the API writes them as ISO 8601. */
export type Time = number

/** One page of rows, and how many there are on all pages. */
export type Page<Row> = { total: number; rows: Row[] }

/** A result row of a detection: the view's own columns, plus its stable key and whether Splunk would show it. */
export type DetectionRow = {
  stack: string
  faithful: 0 | 1
  dest: string
  EventCode?: number
  ID?: string
  Process_Name?: string
  Path?: string
  Parent_Commandline?: string
  Target_Commandline?: string
  New_Value?: string
  Old_Value?: string
  Old_Registry_Value?: string
  New_Registry_Value?: string
  ASR_ID?: string
  count: number
  firstTime: Time
  lastTime: Time
  ASR_Rule: string
  /** Of a configuration change: the excluded paths that it added or removed, and whether it lowered protection. */
  Exclusion?: string | null
  weakened?: 0 | 1
}

/**
 * The sums that reconcile both modes: events of complete mode in the filter, those of Splunk's rows, and those of complete
 * mode that Splunk's grouping drops. Some rows of ASR Rule Disabled are Splunk's only, so the first two need not differ by
 * the third.
 */
export type DetectionPage = Page<DetectionRow> & { events: number; faithfulEvents: number; droppedEvents: number }

/** One event in a list; a field that was not logged is null. */
export type EventRow = {
  /** Its stable key. */
  id: string
  _time: Time
  dest: string
  EventCode: number
  ID: string | null
  ASR_Rule: string | null
  Process_Name: string | null
  Path: string | null
  Parent_Commandline: string | null
  Target_Commandline: string | null
  User: string | null
  Old_Value: string | null
  New_Value: string | null
  EventRecordID: number | null
  /** Excluded paths that a 5007 added or removed. */
  Exclusion: string | null
  upload: string
}

/** One event with every field it was logged with, by the part of the record it stood in. */
export type EventDetail = EventRow & {
  /** The format of the log it was stored from. */
  format: string | null
  /** The stable key of its row of ASR Rules Stacking. */
  stack: string
  fields: { section: Section; name: string; value: string }[]
}

export type HostRow = {
  dest: string
  events: number
  blocked: number
  audited: number
  overridden: number
  changed: number
  /** Distinct ASR rules seen. */
  rules: number
  firstTime: Time
  lastTime: Time
  /** Risk of the 7 days to the anchor, and its risk events. */
  score: number
  riskEvents: number
}

/** How a rule last showed on a host: by its newest event or configuration change. */
export type RuleState = 'block' | 'audit' | 'warn' | 'off' | 'unknown'

export type RuleStateRow = { ID: string; ASR_Rule: string; state: RuleState; count: number }
export type HostSummary = HostRow & { ruleStates: RuleStateRow[] }

/** The scores of a host: what a store counts, from which a row of the risk ranking is made. */
export type RiskCounts = {
  dest: string
  score: number
  /** Risk events, with the time of their first and their last event. */
  count: number
  firstTime: Time
  lastTime: Time
  /** Score of each of the last seven 24-hour days, oldest first. */
  byDay: number[]
  /** Score of the seven days before. */
  previousScore: number
  /** Risk events by the number of their detection and the name of their rule. */
  parts: { detection: number; ASR_Rule: string; events: number }[]
}

/** A row of the risk ranking, named as the seed's second drilldown names its columns. */
export type RiskRow = {
  normalized_risk_object: string
  score: number
  count: number
  firstTime: Time
  lastTime: Time
  'Search Name': string[]
  'Risk Message': string[]
  'Analytic Stories': string[]
  Annotations: string[]
  'ATT&CK Tactics': string[]
  /** Score by detection view name. */
  byDetection: Record<string, number>
  /** Score of each of the last seven 24-hour days, oldest first. */
  byDay: number[]
  /** Score of the seven days before. */
  previousScore: number
  /** Score of the last 24 hours, for Enterprise Security's threshold of over 100. */
  score24h: number
  /** Whether the score of the last 24 hours is above Enterprise Security's threshold. */
  over24h: boolean
}

/** A rule of the lookup: its GUID, its name and a short form where space is scarce. */
export type RuleName = { ID: string; name: string; short: string }

export type RuleRow = {
  ID: string
  ASR_Rule: string
  /** Short form where space is scarce. */
  short: string
  /** False for a GUID that was logged but is in no lookup. */
  known: boolean
  standard: boolean
  warnMode: boolean
  events: number
  blocked: number
  audited: number
  overridden: number
  changed: number
  dests: number
  firstTime: Time | null
  lastTime: Time | null
}

/** A point of a timeline: one hour or one day, counted by mode. */
export type TimelinePoint = {
  time: Time
  block: number
  audit: number
  override: number
  configuration: number
}
export type Timeline = { bucket: 'hour' | 'day'; points: TimelinePoint[] }

export type { UploadState }

/** What an upload became: the receipt of the HTTP API. `records = stored + duplicates + other events + rejects`. */
export type Receipt = {
  id: string
  name: string
  format: string | null
  state: UploadState
  /** Bytes the sender announced, where it did; bytes read so far (all of them when done). */
  bytes: number | null
  bytesRead: number
  records: number
  /** While the upload is being removed: its events that are left. */
  stored: number
  duplicates: number
  otherCodes: Record<string, number>
  rejects: number
  firstTime: Time | null
  lastTime: Time | null
  dests: number
  tz: string
  /** The host of records that name none, where the sender said which. */
  dest: string | null
  createdAt: Time
  finishedAt: Time | null
  /** Why it failed, or null. */
  error: string | null
  /** Events whose message is in a language that is not read: stored, with what is known of them. */
  unread: number
  /** How many logs it held where it was an archive, else 0. The sums above are theirs. */
  logs: number
  /** Records of dests beyond those whose continuity is looked at. */
  unlooked: number
}

/** How whole a log is for one dest. What cannot be told is null: missing ids of what looks like the answer to a query. */
export type ContinuityRow = {
  /** The log it is of, where the upload is an archive. */
  log: string | null
  dest: string
  /** Events that are kept, duplicates included, and all records of Defender's channel. */
  events: number
  records: number
  /** Records whose EventRecordID or time cannot be told. */
  withoutId: number
  firstTime: Time | null
  lastTime: Time | null
  verdict: DestContinuity['verdict']
  gaps: number | null
  missing: number | null
  silences: number | null
  clears: number
  clockJumps: number
  unlistedVersions: number
}

/** A break in a log: what lies between the record before it and the record after it. */
export type BreakRow = {
  log: string | null
  dest: string
  kind: NonNullable<Stretch['after']>
  /** Records that are missing there; null where that cannot be told. */
  missing: number | null
  beforeId: number
  afterId: number
  beforeTime: Time
  afterTime: Time
}

/** A version that events of an upload name, over all its dests. */
export type VersionRow = {
  kind: VersionKind
  version: string
  dests: number
  events: number
  firstTime: Time
  lastTime: Time
}

/** The lists that tell how whole an upload is. */
export const continuityLists = ['dests', 'breaks', 'versions'] as const
export type ContinuityListName = (typeof continuityLists)[number]
export type ContinuityLists = { dests: ContinuityRow; breaks: BreakRow; versions: VersionRow }

/** A page of one of the lists, and which one it is. */
export type FoundList = {
  [List in ContinuityListName]: { list: List } & Page<ContinuityLists[List]>
}[ContinuityListName]

export type RejectRow = {
  /** The log it is of, where the upload is an archive. */
  log: string | null
  record: number
  line: number | null
  offset: number
  reason: RejectReason
  detail: string
  snippet: string
}

/** A stack counted over the whole fleet: one process and target under one rule, whatever the host. */
export type FleetStack = {
  ID: string
  ASR_Rule: string
  Process_Name: string
  Path: string
  EventCode: number
  dests: number
  count: number
  firstTime: Time
  lastTime: Time
}

/** Everything stored, summed: `rules` of the `rulesKnown` in the lookup were seen. */
export type StoredTotals = {
  events: number
  dests: number
  rules: number
  rulesKnown: number
  blocked: number
  audited: number
  overridden: number
  changed: number
  firstTime: Time | null
  newestEvent: Time | null
}

/** Events of a range by mode, and the hosts they are of. */
export type ModeCounts = {
  events: number
  blocked: number
  audited: number
  overridden: number
  changed: number
  dests: number
}

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

export type WallData = {
  at: Time
  newestEvent: Time | null
  newestUpload: Time | null
  last24h: ModeCounts
  last7d: ModeCounts
  hours: TimelinePoint[]
  hostsByRisk: { dest: string; score: number; previousScore: number; byDay: number[] }[]
  rulesFiring: { ID: string; ASR_Rule: string; short: string; blocked: number; audited: number; dests: number }[]
  disabledRules: { time: Time; dest: string; ASR_Rule: string; from: string; to: string }[]
  rareStacks: { ASR_Rule: string; Process_Name: string; Path: string; dests: number; count: number; lastTime: Time }[]
}

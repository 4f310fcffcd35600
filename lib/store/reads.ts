import type { DetectionKey } from '#lib/asr/detections.ts'
import type { AppliedDecision } from '#lib/hunting/decision.ts'
import type { By, Newness } from '#lib/hunting/definition.ts'
import type { HintKey } from '#lib/hunting/hints/hints.ts'
import type { Account, AuditAction, AuditRow, Session, Token } from '#lib/model/access.ts'
import type { ComparedVersion, HeldCount, Pair, Place, SideStretches } from '#lib/model/compared.ts'
import type { DecidedReach, DecisionStep, GroupStep, HostGroup, StoredDecision } from '#lib/model/decisions.ts'
import type { Passkey } from '#lib/model/passkeys.ts'
import type { RemovedUpload } from '#lib/model/removed.ts'
import type { LeftOutRisk } from '#lib/model/risk.ts'
import type {
  ContinuityLists,
  DetectionPage,
  DetectionRow,
  EventDetail,
  EventRow,
  FleetStack,
  HostBreak,
  HostRow,
  LabelledHost,
  ModeCounts,
  Page,
  Receipt,
  RejectRow,
  RiskCounts,
  RuleName,
  RuleRow,
  RuleStateRow,
  StackMembers,
  StackPage,
  StackRow,
  TimelinePoint,
  UploadTotals,
  ValuePage,
} from '#lib/model/rows.ts'
import type { Recomputing } from '#lib/model/state.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { FilterField, Since, Sort } from '#lib/params/params.ts'
import type { Pattern } from '#lib/params/pattern.ts'

/** Times of the oldest and the newest event; null if there is none. */
export type Span = { oldest: number | null; newest: number | null }

/** A time range in milliseconds, both ends included; null if it is open. */
export type Range = { from: number | null; to: number | null }

/**
 * The filter of a question. Patterns of one field: one of those that do not exclude must fit, and none of those that do. The case
 * of letters does not count, as `fits` of `lib/params/pattern.ts` folds it. What was not logged in a field has the text NULL there, but is no
 * text to be found. An ID is that of the event, but in the two configuration detections that of the row.
 */
export type Filter = {
  fields: Partial<Record<FilterField, readonly Pattern[]>>
  /** Text to be found in any field, in Old_Value or New_Value, or in the name of the rule or its short form. */
  text: Pattern | null
  /** The key of the one stack that is asked for: events in it, of whatever table they are counted for. */
  stack: string | null
}

/** What a store has looked up of a filter, for all questions of a request. Only the store that made it can read it. */
export type Found = { readonly foundBy: object }

/** What every question about events says. It is made once for each request: see `lib/query/question.ts`. */
export type Asked = {
  filter: Filter
  found: Found
  range: Range
  mode: 'complete' | 'faithful'
}

/**
 * What a question is answered from: totals if nothing but what they are kept by is asked for, their hours if there is a
 * range as well, else single events. See `lib/query/source.ts`.
 */
export type Source = 'totals' | 'hours' | 'events'

/**
 * Numbers in the order of their size, texts in that of their code points, and null before both. Rows that are equal in all columns of
 * an order are in one of the store's own, the same in every answer, so that pages neither repeat nor skip a row. Uploads that were made
 * in the same millisecond are in the order in which they were made.
 */
export type Sorted = { sort: readonly Sort[]; page: PageRange }

export type DetectionQuestion = Asked &
  Sorted & {
    detection: DetectionKey
    source: Source
    /** Only rows that Splunk's grouping returns (1) or drops (0); the sums stay those of both. */
    faithful: 0 | 1 | null
    /** Only changes that weakened protection, in the rows and in the sums. */
    isWeakened: boolean
  }

/**
 * The values that a field has in the rows of a detection, the most frequent first, each with its events; of those that fit one of `find`,
 * unless there are none. They are counted from rows by rule if all that is asked for is kept there, by stack if the detection groups by
 * the field, else event by event.
 */
export type ValueQuestion = Omit<DetectionQuestion, keyof Sorted> & {
  field: Exclude<FilterField, 'feature'>
  find: readonly Pattern[]
  grain: 'rule' | 'stack' | 'event'
  limit: number
}

/** Events counted by host and rule: from rows by rule, or by stack if the filter needs them. */
export type CountQuestion = Asked & { source: Source; grain: 'rule' | 'stack' }

/** `risk`: what the risk of each host is summed over. */
export type HostQuestion = CountQuestion & Sorted & { risk: RiskAsked }

export type ClosedRange = { from: number; to: number }

/** Result rows that a store has found for decisions. Only the store that made it can read it. */
export type FoundRows = { readonly foundBy: object; readonly count: number }

/** What is asked of risk events, without an order. Those of the result rows in `leftOut` are left out; null leaves out none. */
export type RiskAsked = Asked & { range: ClosedRange; source: 'hours' | 'events'; leftOut: FoundRows | null }

export type RiskQuestion = RiskAsked & Sorted

export type EventQuestion = Asked & Sorted

export type Bucket = 'hour' | 'day'
export type TimelineQuestion = Asked & { source: 'hours' | 'events'; bucket: Bucket }

/**
 * Stacks of all hosts in a named order: those whose first event is in a range, or any of their events. Their counts are
 * those of all time, whatever the range.
 */
export type FleetQuestion = {
  order: 'rarest' | 'most-frequent' | 'new'
  /** `after` is no longer in the range, `to` is. */
  within: { time: 'first' | 'any'; after: number; to: number } | null
  page: PageRange
}

/**
 * Breaks in the records of hosts, of one host or of all, that overlap a range: `cleared` logs; each `silence` of more than a day
 * in a log that is complete otherwise; and hosts that `stopped`, of which such a log has no record in its last day.
 */
export type HostBreakQuestion = {
  kind: 'cleared' | 'silence' | 'stopped'
  dest: string | null
  range: Range
  page: PageRange
}

/** Upper limits of a stack, both included; null is none. `share` is a part of the reporting hosts, from 0 to 1. */
export type RareLimits = { hosts: number | null; events: number | null; share: number | null }

/** A named list of patterns of host names. A host is of the first group of which a pattern fits. */
export type GroupPatterns = { name: string; patterns: readonly Pattern[] }

/** How hosts are grouped, and the decisions that apply, in their order: of those that fit an event, the first counts. */
export type DecidedAsked = { groups: readonly GroupPatterns[]; decisions: readonly AppliedDecision[] }

/** Patterns that the values of a field of stacks must fit: one of those that do not exclude, and none of those that do. */
export type StackFilter = { by: By; patterns: readonly Pattern[] }

/** What every question about stacks says. Sorting is by the columns of `StackRow` and by the fields themselves. */
export type StackAsked = Asked &
  DecidedAsked & {
    by: readonly By[]
    /** Filters of what only stacks know, besides those of `filter`. A value that was not logged has the text NULL. */
    stackFilters: readonly StackFilter[]
    since: Since | null
    /** Leaves out the events whose decision hides them; they are counted. */
    hides: boolean
  }

/** `minRatio`: the least ratio of a stack, which one without events before does not have. `hint`: a hint that an event of it has. */
export type StackQuestion = StackAsked &
  Sorted & { rare: RareLimits; newness: Newness | null; minRatio: number | null; hint: HintKey | 'any' | null }

/** One stack of a question, by its key. */
export type StackMemberQuestion = StackAsked & { stack: string; limit: number }

/**
 * What a store answers about events. Rows are those of `lib/model`; times are milliseconds since 1970 UTC. A question that a
 * client no longer waits for is stopped. @throws Busy, TooSlow or ClientLeft from each.
 */
export type EventReads = {
  span(): Promise<Span>
  /** Looks up the texts and the stack that a filter names, once for all questions with this filter. */
  find(filter: Filter): Promise<Found>
  /** Whether an event of the stack with this key is stored. */
  hasStack(key: string): Promise<boolean>
  /** One page of a detection's rows, with the sums that reconcile it with Splunk's. */
  detection(question: DetectionQuestion): Promise<DetectionPage>
  /** Every row of the page in its order, some hundreds at a time. */
  detectionRows(question: DetectionQuestion): AsyncGenerator<DetectionRow[]>
  values(question: ValueQuestion): Promise<ValuePage>
  events(question: EventQuestion): Promise<Page<EventRow>>
  eventRows(question: EventQuestion): AsyncGenerator<EventRow[]>
  /** One event with every field it was logged with, by its key; null if there is none. */
  event(key: string): Promise<EventDetail | null>
  /** Hosts with their counts by mode, and their risk under another question. */
  hosts(question: HostQuestion): Promise<Page<HostRow>>
  /** The state of each rule of the lookup on a host, by its newest event or change; of two at the same moment either. */
  ruleStates(dest: string): Promise<RuleStateRow[]>
  hasHost(dest: string): Promise<boolean>
  /** Hosts whose name is one of these labels or begins with it and a dot: the first few of each, with how many there are. */
  hostsByLabel(labels: readonly string[]): Promise<LabelledHost[]>
  /** Every rule of the lookup and every other GUID that was logged, with its counts. */
  rules(question: CountQuestion & Pick<Sorted, 'sort'>): Promise<RuleRow[]>
  /** The rules of the lookup. */
  ruleNames(): Promise<RuleName[]>
  /** The tactics of each technique of the lookup. */
  tactics(): Promise<{ technique: string; tactic: string }[]>
  /**
   * Hosts by the score of their risk events in the range, with what these are of: the result rows, by clock hour, of the events that fit.
   * A risk event is of the day of its last event, of days that end with the range.
   */
  risk(question: RiskQuestion): Promise<Page<RiskCounts>>
  /** How many hosts have a score above the threshold of 24 hours in the last 24 hours of the range. */
  countOver24h(asked: RiskAsked): Promise<number>
  /**
   * Finds the result rows of detections that raise risk which are known good: of the decisions that fit the by-fields of a row, the
   * first says so. A decision about a field that the rows of a detection do not have fits none of them.
   */
  findRows(decided: DecidedAsked): Promise<FoundRows>
  /** What the risk events in the range that are left out would add, on all hosts. */
  leftOutRisk(asked: RiskAsked): Promise<LeftOutRisk>
  /** What decisions fit among all events. `mine`: the ids of those that `total` and `otherwise` are about. */
  reach(decided: DecidedAsked, mine: readonly string[]): Promise<DecidedReach>
  /** Events by mode in each hour or day that has one, in the order of time. */
  timeline(question: TimelineQuestion): Promise<TimelinePoint[]>
  fleet(question: FleetQuestion): Promise<FleetStack[]>
  /** One page of stacks over any fields, with sums that account for every event. */
  stacks(question: StackQuestion): Promise<StackPage>
  /** Every stack of the page in its order, some hundreds at a time. */
  stackRows(question: StackQuestion): AsyncGenerator<StackRow[]>
  /** What one stack consists of; null if no event of the question is in it. */
  stackMembers(question: StackMemberQuestion): Promise<StackMembers | null>
  /** The events of one stack, the newest first unless sorted otherwise. */
  stackEvents(question: StackMemberQuestion & Sorted): Promise<Page<EventRow>>
  /** How many stacks `fleet` returns on all pages. */
  countFleet(within: FleetQuestion['within']): Promise<number>
  /** Events by mode in a range, and the hosts and rules that they are of. */
  counts(range: ClosedRange): Promise<ModeCounts>
}

/** What a store answers about uploads: from what it keeps of each upload besides its events. Throws as `EventReads` does. */
export type UploadReads = {
  /** Uploads; the logs of an archive are counted in it. */
  uploads(question: Sorted): Promise<Page<Receipt>>
  upload(id: string): Promise<Receipt | null>
  newestUpload(): Promise<Receipt | null>
  /** All uploads, summed. While one is being read or removed its records need not add up. */
  uploadTotals(): Promise<UploadTotals>
  /**
   * The newest other upload that has a host of this one, of the 20 newest that are done; if none has, the newest of them. Null if there
   * is no other.
   */
  comparableWith(id: string): Promise<string | null>
  /** The newest upload that is done and whose id begins with a text. */
  uploadNamed(prefix: string): Promise<Receipt | null>
  /** The name of the upload that is being removed. */
  removing(): Promise<string | null>
  /** Uploads that were undone and can be restored, the last one first. */
  removed(): Promise<RemovedUpload[]>
  /** The id of the archive that a log came in; null if it came alone, or if the log is unknown. */
  archiveOf(id: string): Promise<string | null>
  /** The receipts of the logs of an archive, in its order. */
  logs(id: string): Promise<Receipt[]>
  /** Rejected records of an upload and of its logs, in the order of the log. */
  rejects(id: string, page: PageRange): Promise<Page<RejectRow>>
  rejectRows(id: string): AsyncGenerator<RejectRow[]>
  /** How many records of an upload were rejected because they name no host. */
  countWithoutDest(id: string): Promise<number>
  /** How complete an upload is: one of its lists, of one host or of all. */
  continuity<List extends keyof ContinuityLists>(
    list: List,
    id: string,
    asked: PageRange & { dest: string | null },
  ): Promise<Page<ContinuityLists[List]>>
  continuityRows(list: keyof ContinuityLists, id: string, dest: string | null): AsyncGenerator<object[]>
  /** Versions that the events of two uploads name, each with how many events of either name it. */
  comparedVersions(pair: Pair): Promise<ComparedVersion[]>
  /** Number of hosts for which it is unknown which events both uploads have. */
  countUnknown(pair: Pair): Promise<number>
  /** A page of the hosts of two uploads, those of both first, with the runs of their record ids. */
  comparedSides(pair: Pair, page: PageRange): Promise<Page<SideStretches>>
  /** A text that changes when events are stored or removed. It is read much faster than any count. */
  version(): Promise<string>
  /** Null if nothing has to be recomputed. */
  recomputing(): Promise<Recomputing | null>
}

/**
 * What a store answers about the events of uploads: from both, what it keeps of an upload and the stored events. Throws as
 * `EventReads` does.
 */
export type UploadEventReads = {
  /** Events stored from an upload, by EventCode. */
  storedCodes(id: string): Promise<{ EventCode: number; count: number }[]>
  /** Breaks in the records of hosts over all uploads, the latest first; the same break in several uploads is one. */
  hostBreaks(question: HostBreakQuestion): Promise<Page<HostBreak>>
  /**
   * Events of two uploads, by host and code: in both, and in one only. An upload has an event, whichever stored it, if its record id and
   * its time, to a minute, lie in a stretch of records of the upload. Hosts for which that is unknown are left out.
   */
  heldCounts(pair: Pair): Promise<HeldCount[]>
  comparedEvents(pair: Pair, place: Place, page: PageRange): Promise<Page<EventRow>>
  comparedEventRows(pair: Pair, place: Place): AsyncGenerator<EventRow[]>
}

/** What a store answers about what people decide. Throws as `EventReads` does. */
export type ControlReads = {
  /** Decisions, also those that have expired, in the order in which they count: the newest first. */
  decisions(): Promise<StoredDecision[]>
  decision(id: string): Promise<StoredDecision | null>
  /** The steps of one decision or of all (null), the newest first; also of decisions that are deleted. */
  decisionHistory(id: string | null, page: PageRange): Promise<Page<DecisionStep>>
  /** Host groups in their order. */
  hostGroups(): Promise<HostGroup[]>
  /** The changes of the list of groups, the newest first. */
  groupHistory(page: PageRange): Promise<Page<GroupStep>>
  /** Of each group the known hosts that are of it, and those that fit it but are of an earlier one; and how many hosts there are. */
  groupCounts(groups: readonly GroupPatterns[]): Promise<GroupCounts>
}

export type GroupCounts = { groups: { hosts: number; taken: number }[]; hosts: number }

/** Which rows of the audit log are asked for; null leaves a condition out. Names of actors are compared without case, times are included. */
export type AuditFilter = {
  actor: string | null
  action: AuditAction | null
  subject: string | null
  from: number | null
  to: number | null
}

/** What a store answers about who may use the server, and what was done. None of it has a secret. Throws as `EventReads` does. */
export type AccessReads = {
  accounts(now: number): Promise<Account[]>
  /** Sessions that have not ended, of one account or of all (null), the one used last first. */
  sessions(account: string | null, now: number): Promise<Session[]>
  /** Passkeys of an account, in the order in which they were added. */
  passkeys(account: string): Promise<Passkey[]>
  /** Tokens, also those that have expired. */
  tokens(): Promise<Token[]>
  /** Rows of the audit log, the newest first. */
  audit(filter: AuditFilter, page: PageRange): Promise<Page<AuditRow>>
  /** Every row of the audit log that fits, the oldest first. */
  auditRows(filter: AuditFilter): AsyncGenerator<AuditRow[]>
}

/** Every question that pages and the API ask. A store of events alone answers `EventReads`. */
export type Reads = EventReads &
  UploadReads &
  UploadEventReads &
  ControlReads &
  AccessReads & {
    /** Bytes that would be kept of an upload if it were undone, at least: how a store packs it. */
    undoSize(id: string): Promise<number>
    close(): Promise<void>
  }

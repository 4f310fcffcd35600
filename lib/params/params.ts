import type { DetectionKey } from '#lib/asr/detections.ts'
import { type By, type LadderColumn, ladders, type Newness, type Step, steps } from '#lib/hunting/definition.ts'
import type { HintKey } from '#lib/hunting/hints/hints.ts'

/** Fields a table can be narrowed by, spelled as in Splunk. */
export const filterFields = [
  'dest',
  'ID',
  'EventCode',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
  'feature',
] as const
export type FilterField = (typeof filterFields)[number]

/**
 * What only stacks are filtered by: a path or a command line at a step of its detail ladder, as in `Path.folder`, and what is known of
 * an event besides the fields that every table has.
 */
export type StackFilterField = `${LadderColumn}.${Exclude<Step, 'exact'>}` | (typeof furtherFields)[number]
const furtherFields = ['Signature_Version', 'Engine_Version', 'group', 'upload'] as const
export const stackFilterFields: readonly StackFilterField[] = [
  ...Object.keys(ladders).flatMap((column) => steps.slice(1).map((step) => `${column}.${step}` as StackFilterField)),
  ...furtherFields,
]
export const isStackFilter = (name: string): name is StackFilterField =>
  stackFilterFields.some((field) => field === name)

/** A field that a screen is filtered by. */
export type FilteredField = FilterField | StackFilterField

/**
 * What separates the events before from those since: a moment in milliseconds, or an upload by its id, so that its events and those
 * of later uploads are since.
 */
export type Since = { time: number } | { upload: string }

export type Sort = { column: string; descending: boolean }

/** Everything a screen shows, as its URL says it. */
export type Params = {
  from: number | null
  to: number | null
  /** Length in milliseconds of a relative range, and its text (`7d`). */
  last: { text: string; ms: number } | null
  anchor: 'now' | 'newest'
  mode: 'complete' | 'faithful'
  /** Only rows that Splunk's grouping returns (1) or drops (0); the sums of the table stay those of both. */
  faithful: 0 | 1 | null
  /** Only configuration changes that weakened protection. */
  weakened: 1 | null
  /** As written: `*` is a wildcard, a leading `!` excludes, a leading `=` takes the rest literally. */
  filters: Partial<Record<FilterField, string[]>>
  /** Filters that only stacks have, written as the others. */
  stackFilters: Partial<Record<StackFilterField, string[]>>
  q: string | null
  /** Events or the row of one stack only: its key. A text that is not a key is kept, and names no stack. */
  stack: string | null
  /** The fields of stacks, in order. */
  by: readonly By[]
  /** Only stacks with at most so many hosts and events, and so many percent of the reporting hosts. */
  maxHosts: number | null
  maxEvents: number | null
  maxShare: number | null
  since: Since | null
  /** Only stacks with at least this ratio; those without events before `since` have none. */
  minRatio: number | null
  /** Only stacks with this hint, or with any. */
  hint: HintKey | 'any' | null
  /** Only stacks that are new or gone. */
  seen: Newness | null
  /** Dispositions hide stacks, or leave out risk that is known good. */
  dispositions: 'hide' | 'apply' | null
  sort: Sort[]
  page: number
  /** Rows asked for; null if the URL does not say. */
  limit: number | null
  /** IANA name of the zone the screen shows times in; the API always answers in UTC. */
  tz: string
}

/**
 * A parameter that makes no sense: it is named on the page and ignored; the API answers 400. If ignoring it would widen
 * what the link means, the page shows no rows instead.
 */
export type Problem = {
  param: string
  value: string
  message: string
  /** A link made before 0.2, whose numbers cannot be resolved any more: the API answers 410. */
  isOldLink?: true
  /** The page shows no rows. */
  showsNothing?: true
}

export type Parsed = { params: Params; problems: Problem[] }

export type SearchParams = Record<string, string | string[] | undefined>

export type TableName = DetectionKey | 'events' | 'hosts' | 'risk' | 'rules' | 'uploads' | 'stack'

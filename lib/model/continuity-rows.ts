import { z } from 'zod'
import { breakKinds, verdicts, versionKinds } from './continuity.ts'
import { count, type Page, page, time } from './schema.ts'

const log = z.string().nullable().describe('The log it is of, if the upload is an archive.')

/** How complete a log is for one dest. What is unknown is null: missing ids of what looks like the result of a query. */
export const continuityRow = z.object({
  log,
  dest: z.string(),
  events: count.describe('Events that are kept, duplicates included.'),
  records: count.describe("Records of Defender's channel."),
  withoutId: count.describe('Records whose EventRecordID or time is unknown.'),
  firstTime: time.nullable(),
  lastTime: time.nullable(),
  verdict: z.enum(verdicts),
  gaps: count.nullable(),
  missing: count.nullable(),
  silences: count.nullable(),
  clears: count,
  clockJumps: count,
  unlistedVersions: count,
})
export type ContinuityRow = z.infer<typeof continuityRow>

/** A break in a log: what is between the record before it and the record after it. */
export const breakRow = z.object({
  log,
  dest: z.string(),
  kind: z.enum(breakKinds),
  missing: count.nullable().describe('Records that are missing there; null if unknown.'),
  beforeId: count,
  afterId: count,
  beforeTime: time,
  afterTime: time,
})
export type BreakRow = z.infer<typeof breakRow>

/** A break in the records of a host over all uploads. */
export const hostBreak = z.object({
  dest: z.string(),
  time: time.describe('The last record before it.'),
  until: time.describe('The first record after it; of a host that stopped, the newest record of its log.'),
  upload: z.string().describe('An upload that shows it.'),
})
export type HostBreak = z.infer<typeof hostBreak>

/** A version that events of an upload name, over all its dests. */
export const versionRow = z.object({
  kind: z.enum(versionKinds),
  version: z.string(),
  dests: count,
  events: count,
  firstTime: time,
  lastTime: time,
})
export type VersionRow = z.infer<typeof versionRow>

/** The lists that say how complete an upload is, by name. */
export const continuityRows = { dests: continuityRow, breaks: breakRow, versions: versionRow }

/** The first page of each of them. */
export const continuityPages = z.object({
  dests: page(continuityRow),
  breaks: page(breakRow),
  versions: page(versionRow),
})

export const continuityLists = ['dests', 'breaks', 'versions'] as const satisfies (keyof typeof continuityRows)[]
export type ContinuityListName = (typeof continuityLists)[number]
export type ContinuityLists = { dests: ContinuityRow; breaks: BreakRow; versions: VersionRow }

/** A page of one of the lists, and which one it is. */
export type FoundList = {
  [List in ContinuityListName]: { list: List } & Page<ContinuityLists[List]>
}[ContinuityListName]

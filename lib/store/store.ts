import type { Canonical } from '#lib/asr/canonical.ts'
import type { Section } from '#lib/asr/event.ts'
import type { RegistryChange } from '#lib/asr/registry.ts'
import type { Reject } from '#lib/formats/outcome.ts'
import type { PackedEvents } from './packed.ts'

export type Value = string | number | null

/** The door for reading: SQL over the views. Asynchronous, so that a server across the network fits behind it too. */
export interface Store {
  /** All rows of a query, in order. */
  all<Row>(sql: string, values?: Value[]): Promise<Row[]>
  /** The rows of a query a few hundred at a time, without holding them all. */
  stream<Row>(sql: string, values?: Value[]): AsyncGenerator<Row[]>
  /** Every field an event was logged with, section by section; null where there is no such event. */
  logged(id: number): Promise<LoggedSections | null>
  close(): Promise<void>
}

export type LoggedSections = [section: Section, fields: [name: string, value: string][]][]

/** One event made ready to be stored: what identifies it, and what the detections count by. */
export type PreparedEvent = Canonical & {
  dest: string
  EventCode: number
  time: number
  recordId: number | null
  /** SHA-256 of the whole content, in hex, where there is no EventRecordID. */
  hash: string | null
  /** Rules and exclusions that a 5007 changed. */
  changes: RegistryChange[]
}

/** What one stretch of a log became. `detail` holds the fields as logged, in frames of `frameSize` events. */
export type Batch = {
  bytesRead: number
  records: number
  events: PackedEvents
  detail: Uint8Array[]
  otherCodes: Record<string, number>
  rejects: Reject[]
  /** Events whose message is in a language that is not read: they are stored with what is known. */
  unread: number
}

/** Events in one compressed frame: one is read back by decompressing this many. */
export const frameSize = 256

/** `parent` is the id of the archive that a log came in. */
export type NewUpload = {
  id: string
  name: string
  tz: string
  bytes: number | null
  parent?: string
  /** The host of a log that names none. */
  dest?: string
}

export type VersionKind = 'signature' | 'engine' | 'platform'

/** A version that the events of a dest name, and when. */
export type Version = { kind: VersionKind; version: string; events: number; firstTime: number; lastTime: number }

/**
 * Records whose EventRecordIDs follow one another, and what lies before them: ids that are missing, a silence of more
 * than a day, ids that start again (the log was cleared), or time that goes back (the clock was set).
 */
export type Stretch = {
  after: 'missing' | 'silence' | 'cleared' | 'clock' | null
  /** Ids that should lie between this stretch and the one before, and do not. */
  missing: number
  firstId: number
  lastId: number
  firstTime: number
  lastTime: number
}

/**
 * What a log holds of one dest, records of codes that are not kept included. By `verdict` the log is whole but for what is
 * told, or looks like the answer to a query (missing ids then say nothing), or has no EventRecordIDs, or so many
 * stretches that they were not followed.
 */
export type DestContinuity = {
  dest: string
  records: number
  /** Records whose id or time cannot be told. */
  withoutId: number
  firstTime: number | null
  lastTime: number | null
  verdict: 'whole' | 'query' | 'no-ids' | 'scattered'
  gaps: number
  missing: number
  silences: number
  clears: number
  clockJumps: number
  /** Stretches there are; of very many only the first are kept. */
  stretchCount: number
  stretches: Stretch[]
  versions: Version[]
  /** Events that named a version for which there was no room. */
  unlistedVersions: number
}

/** What is known of how whole a log is; `unlooked` records were of more dests than are looked at. */
export type Continuity = { dests: DestContinuity[]; unlooked: number }

/** The door for writing. Each call is one transaction: totals and rollups never disagree with the events. */
export interface WritableStore {
  createUpload(upload: NewUpload): Promise<void>
  startUpload(id: string, format: string): Promise<void>
  write(id: string, batch: Batch): Promise<void>
  /** The log was read to its end; `continuity` is null of an archive, whose logs have their own. */
  finishUpload(id: string, continuity: Continuity | null): Promise<void>
  /** Takes back what the upload stored and keeps its row as failed, with the reason. */
  failUpload(id: string, error: string): Promise<void>
  /** Takes back what the upload stored and forgets it; false where there is no such upload. */
  undoUpload(id: string): Promise<boolean>
  /** Fails every upload whose process is gone. */
  recover(): Promise<void>
  close(): Promise<void>
}

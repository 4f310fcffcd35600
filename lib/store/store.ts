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

/** The door for writing. Each call is one transaction: totals and rollups never disagree with the events. */
export interface WritableStore {
  createUpload(upload: NewUpload): Promise<void>
  startUpload(id: string, format: string): Promise<void>
  write(id: string, batch: Batch): Promise<void>
  finishUpload(id: string): Promise<void>
  /** Takes back what the upload stored and keeps its row as failed, with the reason. */
  failUpload(id: string, error: string): Promise<void>
  /** Takes back what the upload stored and forgets it; false where there is no such upload. */
  undoUpload(id: string): Promise<boolean>
  /** Fails every upload whose process is gone. */
  recover(): Promise<void>
  close(): Promise<void>
}

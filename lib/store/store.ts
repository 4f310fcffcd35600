import type { Continuity } from '#lib/model/continuity.ts'
import type { LoggedSections, PreparedEvent } from '#lib/model/event.ts'
import type { Reject } from '#lib/model/reject.ts'
import type { NewUpload } from '#lib/model/upload.ts'

/** What a part of a log contains besides its events. `unparsed`: events whose message is in a language that is not parsed. */
export type BatchCounts = {
  bytesRead: number
  records: number
  otherCodes: Record<string, number>
  rejects: Reject[]
  unparsed: number
}

/** Events gathered for one write. They are packed and compressed as they come, so that memory stays small. */
export interface EventBatch {
  add(event: PreparedEvent, logged: LoggedSections): void
  readonly length: number
}

/**
 * The write interface. Each call is one transaction: totals never disagree with the events, and a call has resolved only
 * after its transaction is committed.
 */
export interface Writes {
  openBatch(): EventBatch
  createUpload(upload: NewUpload): Promise<void>
  /** The number that the next upload gets: uploads are numbered in the order in which they are created. */
  nextUpload(): Promise<number>
  startUpload(id: string, format: string): Promise<void>
  /** Stores one batch. @throws if there is no such upload, or if the upload is being removed. */
  write(id: string, batch: EventBatch, counts: BatchCounts): Promise<void>
  /**
   * Marks the log as read to its end; `continuity` is null for an archive, whose logs have their own. Events that it counted as
   * duplicates of uploads that may still fail are its own from then on. @throws if some of them were removed meanwhile: then
   * the upload must be failed, and sent again to have them.
   */
  finishUpload(id: string, continuity: Continuity | null): Promise<void>
  /** Removes what the upload stored and keeps its row as failed, with the reason. Resolves when all of it is removed. */
  failUpload(id: string, error: string): Promise<void>
  /** Removes what the upload stored, then the upload itself; false if there is no such upload. */
  undoUpload(id: string): Promise<boolean>
  /**
   * Resolves when no upload is being removed: what is stored meanwhile would be a duplicate of events that go.
   * @throws why the removal failed.
   */
  removed(): Promise<void>
  /**
   * Ends uploads of this process and of processes that are gone, whose number is below `before`: files
   * are removed and listed as failed, feeds keep what they stored. Files in `kept` are not listed: their bytes are still
   * there, and they are read again under the same id.
   */
  recover(before: number, kept: string[]): Promise<void>
  close(): Promise<void>
}

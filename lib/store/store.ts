import type { By } from '#lib/model/access.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { Decision, HostGroup, IfMatch, Imported, Signed } from '#lib/model/decisions.ts'
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

/** `restoring`: an upload that was undone is being restored. `gone`: nothing is kept of it. `exists`: there is an upload of its id. */
export type Restored = 'restoring' | 'gone' | 'exists'

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
  /**
   * Removes what the upload stored, then the upload itself; false if there is no such upload. Without `by` nobody asked for it, and it is
   * not in the audit log.
   */
  undoUpload(id: string, by?: By): Promise<boolean>
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

/**
 * What changes decisions and host groups. Each call is one transaction with its steps of the history, which is only added to.
 * `match`: versions of which what is changed must have one, in the same transaction. @throws NoSpace; TooMany if there would be more
 * decisions than a store has at most; Changed if it has another version
 */
export interface DecisionWrites {
  /** Stores new decisions, the last as the newest, and returns their versions. */
  decide(made: readonly Decision[], by: Signed): Promise<string[]>
  /** Changes a decision; false if there is none of its id. Its place and the time it was made stay. */
  redecide(made: Decision, by: Signed, match: IfMatch): Promise<boolean>
  /** Deletes a decision; false if there is none. Its history stays. */
  forgetDecision(id: string, by: Signed, match: IfMatch): Promise<boolean>
  /**
   * Restores the state before a step of a decision's history, by default the newest; an undo can be undone. False if there is no
   * such step.
   */
  undoDecision(id: string, step: number | null, by: Signed, match: IfMatch): Promise<boolean>
  /** Stores an exported list, the newest first, or only counts what that would do. What is the same already is left alone. */
  importDecisions(made: readonly Decision[], by: Signed, isApplied: boolean): Promise<Imported>
  /** Stores the complete list of host groups, in their order. */
  setGroups(groups: readonly HostGroup[], by: Signed, match: IfMatch): Promise<void>
}

import type { By } from './access.ts'

/** A file is stored completely or not at all. Each batch of a feed is final: recovery never removes it. */
export type UploadKind = 'file' | 'feed'

/** `removing`: its events are being removed; then a failed upload stays listed as failed, and one that was undone is gone. */
export const uploadStates = ['queued', 'reading', 'done', 'failed', 'removing'] as const
export type UploadState = (typeof uploadStates)[number]

/** What the id of the sample fleet begins with. An id that a sender chooses is a UUID, so it is never taken for the sample. */
export const samplePrefix = 'sample-'

/** An upload about to be read. `parent` is the id of the archive that the log came in. */
export type NewUpload = {
  id: string
  kind?: UploadKind
  name: string
  tz: string
  bytes: number | null
  parent?: string
  /** The host of records that name none. */
  dest?: string
  /** Who sends it, for the audit log; missing if it is a log of an archive. */
  by?: By
}

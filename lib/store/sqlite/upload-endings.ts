import type { Continuity } from '#lib/model/continuity.ts'
import { isStillRunning, ownProcess } from '#lib/process/running.ts'
import { openContinuityWriter } from './continuity.ts'
import type { Connection } from './database.ts'
import type { openOverlaps } from './overlaps.ts'
import type { openUploads } from './uploads.ts'
import type { openBatchWriter } from './write-batch.ts'

/** A call names an upload that does not exist, has failed, or is being removed. */
export class UploadGone extends Error {
  override name = 'UploadGone'
  code = 'UPLOAD_GONE'
  constructor(id: string) {
    super(`There is no upload ${id}, or it has failed or is being removed.`)
  }
}

const interrupted = 'The program ended while this upload was read. Nothing of it was kept. Upload it again.'
const undone = 'This log was undone. The other logs of its archive are kept.'

/** How uploads end: read completely; failed; undone; or left behind by a process that died. */
export function openEndings(
  db: Connection,
  {
    uploads,
    batches,
    overlaps,
    isRestoring,
  }: {
    uploads: ReturnType<typeof openUploads>
    batches: ReturnType<typeof openBatchWriter>
    overlaps: ReturnType<typeof openOverlaps>
    /** Whether an upload that was undone is being restored under this id. */
    isRestoring: (id: string) => boolean
  },
  /** Called when an upload ends that is not a log of an archive. */
  ended: () => void,
) {
  const addContinuity = openContinuityWriter(db)

  /** @throws UploadGone */
  const found = (id: string) => {
    const upload = uploads.find(id)
    if (upload === undefined || upload.state === 'removing' || upload.state === 'failed') throw new UploadGone(id)
    return upload
  }

  /** @throws UploadGone, OverlapGone */
  function finishUpload(id: string, continuity: Continuity | null): void {
    const { seq, parent } = found(id)
    if (parent === null) {
      overlaps.takeOver(seq)
      overlaps.forget(seq)
      ended()
    }
    if (continuity !== null) addContinuity(seq, continuity)
    batches.endUpload(seq)
    uploads.finish(id)
  }

  function remove(id: string, error: string | null): boolean {
    const upload = uploads.find(id)
    if (upload === undefined) return false
    const { parent, state } = upload
    // It goes, or stays, as whoever came first wanted: with its archive, for one.
    if (parent !== null && state === 'removing') return true
    // A log of an archive that is undone stays listed, so that the receipt of the archive says what became of it.
    if (upload.kind === 'feed' && error !== null) {
      uploads.endFeed(upload.seq, error)
      overlaps.forget(upload.seq)
      batches.endUpload(upload.seq)
    } else uploads.startRemoval(upload.seq, error ?? (parent !== null && state !== 'failed' ? undone : null))
    return true
  }

  return {
    found,
    finishUpload,
    /**
     * Marks an upload to be removed; the job does it. With an error it ends as failed; a feed then keeps what it stored.
     * False if there is no such upload.
     */
    remove,
    /** See `Writes.recover`. */
    recover: (before: number, kept: string[]): void => {
      for (const { id, seq, kind, process } of uploads.unfinished(before)) {
        if (process !== ownProcess() && isStillRunning(process)) continue
        // It is restored again from what is kept of it.
        if (isRestoring(id)) {
          if (process !== ownProcess()) remove(id, null)
          continue
        }
        if (kind === 'feed') {
          uploads.finish(id)
          batches.endUpload(seq)
        }
        if (kind === 'file') remove(id, kept.includes(id) ? null : interrupted)
      }
    },
  }
}

import type { NewUpload, UploadKind, UploadState } from '#lib/model/upload.ts'
import { ownProcess } from '#lib/process/running.ts'
import type { BatchCounts } from '../store.ts'
import type { Connection } from './database.ts'
import type { Sequence } from './sequence.ts'
import type { Written } from './write-batch.ts'

export type UploadRow = {
  seq: number
  parent: number | null
  kind: UploadKind
  state: UploadState
  process: string
  other_codes: string
}

/** What an upload was, in a few words. */
type Summary = {
  name: string
  state: UploadState
  parent: number | null
  records: number
  stored: number
  duplicates: number
  rejects: number
  createdAt: number
}

/** The rows of the uploads themselves. */
export function openUploads(db: Connection, sequence: Sequence) {
  const find = db.prepare<[string], UploadRow>(
    'SELECT seq, parent, kind, state, process, other_codes FROM upload WHERE id = ?',
  )
  const create = db.prepare(
    `INSERT INTO upload (seq, id, parent, kind, name, tz, dest, bytes, state, process, created_at)
     VALUES (?, ?, (SELECT seq FROM upload WHERE id = ?), ?, ?, ?, ?, ?, 'queued', ?, ?)`,
  )
  const start = db.prepare(
    "UPDATE upload SET state = 'reading', format = ? WHERE id = ? AND state NOT IN ('removing', 'failed')",
  )
  const advance = db.prepare(
    `UPDATE upload SET bytes_read = bytes_read + :bytesRead, records = records + :records, stored = stored + :stored,
       duplicates = duplicates + :duplicates, rejects = rejects + :rejects, unparsed = unparsed + :unparsed, other_codes = :otherCodes,
       first_time = min(coalesce(first_time, :firstTime), coalesce(:firstTime, first_time)),
       last_time = max(coalesce(last_time, :lastTime), coalesce(:lastTime, last_time)) WHERE seq = :seq`,
  )
  const addReject = db.prepare(
    `INSERT INTO reject (upload, record, line, offset, reason, detail, snippet)
     VALUES (:upload, :record, :line, :offset, :reason, :detail, :snippet)`,
  )
  const finish = db.prepare(
    "UPDATE upload SET state = 'done', bytes = coalesce(bytes, bytes_read), finished_at = ? WHERE id = ? AND state <> 'removing'",
  )
  const endFeed = db.prepare("UPDATE upload SET state = 'failed', finished_at = ?, error = ? WHERE seq = ?")
  const startRemoval = db.prepare(
    "UPDATE upload SET state = 'removing', error = iif(seq = :seq, :error, NULL) WHERE seq = :seq OR parent = :seq",
  )
  const unfinished = db.prepare<[number], UploadRow & { id: string }>(
    `SELECT id, seq, parent, kind, state, process, other_codes FROM upload WHERE state IN ('queued', 'reading') AND parent IS NULL AND seq < ? ORDER BY seq`,
  )
  const summary = db.prepare<[string], Summary>(
    'SELECT name, state, parent, records, stored, duplicates, rejects, created_at AS createdAt FROM upload WHERE id = ?',
  )
  return {
    find: (id: string) => find.get(id),
    /** What the audit log keeps of an upload that is undone. */
    summary: (id: string) => summary.get(id),
    next: (): number => sequence.next('upload'),
    create: ({ id, parent, kind = 'file', name, tz, dest, bytes }: NewUpload): void => {
      const seq = sequence.take('upload')
      create.run(seq, id, parent ?? null, kind, name, tz, dest ?? null, bytes, ownProcess(), Date.now())
      sequence.flush()
    },
    start: (id: string, format: string): void => void start.run(format, id),
    /** Adds what one batch contained to its receipt. `events` were in the batch, `written` says how many of them were new. */
    advance: ({ seq, other_codes }: UploadRow, counts: BatchCounts, events: number, written: Written): void => {
      const otherCodes: Record<string, number> = JSON.parse(other_codes)
      for (const [code, count] of Object.entries(counts.otherCodes)) otherCodes[code] = (otherCodes[code] ?? 0) + count
      for (const reject of counts.rejects) addReject.run({ ...reject, upload: seq })
      const { bytesRead, records, unparsed, rejects } = counts
      advance.run({
        ...written,
        ...{ seq, bytesRead, records, unparsed },
        duplicates: events - written.stored,
        rejects: rejects.length,
        otherCodes: JSON.stringify(otherCodes),
      })
    },
    finish: (id: string): void => void finish.run(Date.now(), id),
    /** Ends a feed with an error. What it stored stays. */
    endFeed: (seq: number, error: string): void => void endFeed.run(Date.now(), error, seq),
    /** Marks an upload and its logs as being removed. With an error it ends as failed. */
    startRemoval: (seq: number, error: string | null): void => void startRemoval.run({ seq, error }),
    /** Uploads before a number that are not finished, without the logs of archives. */
    unfinished: (before: number) => unfinished.all(before),
  }
}

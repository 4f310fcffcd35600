import type { NewUpload } from '../store.ts'
import type { Connection } from './database.ts'
import { ownProcess } from './process.ts'

export type UploadRow = { seq: number; state: string; other_codes: string }

/** What one batch adds to the row of its upload. */
export type Progress = {
  bytesRead: number
  records: number
  stored: number
  duplicates: number
  rejects: number
  unread: number
  firstTime: number | null
  lastTime: number | null
  otherCodes: Record<string, number>
}

/** The rows of the uploads themselves. */
export function openUploads(db: Connection) {
  const find = db.prepare<[string], UploadRow>('SELECT seq, state, other_codes FROM upload WHERE id = ?')
  const create = db.prepare(
    `INSERT INTO upload (id, parent, name, tz, dest, bytes, state, process, created_at)
     VALUES (?, (SELECT seq FROM upload WHERE id = ?), ?, ?, ?, ?, 'queued', ?, ?)`,
  )
  const start = db.prepare("UPDATE upload SET state = 'reading', format = ? WHERE id = ?")
  const advance = db.prepare(
    `UPDATE upload SET bytes_read = bytes_read + :bytesRead, records = records + :records, stored = stored + :stored,
       duplicates = duplicates + :duplicates, rejects = rejects + :rejects, unread = unread + :unread, other_codes = :otherCodes,
       first_time = min(coalesce(first_time, :firstTime), coalesce(:firstTime, first_time)),
       last_time = max(coalesce(last_time, :lastTime), coalesce(:lastTime, last_time)) WHERE seq = :seq`,
  )
  const finish = db.prepare(
    "UPDATE upload SET state = 'done', bytes = coalesce(bytes, bytes_read), finished_at = ? WHERE id = ?",
  )
  const fail = db.prepare(
    `UPDATE upload SET state = 'failed', finished_at = ?, error = ?, records = 0, stored = 0, duplicates = 0, rejects = 0, unread = 0,
       unlooked = 0, other_codes = '{}', first_time = NULL, last_time = NULL WHERE seq = ?`,
  )
  const remove = db.prepare('DELETE FROM upload WHERE seq = ?')
  const unfinished = db.prepare<[], { id: string; process: string }>(
    "SELECT id, process FROM upload WHERE state IN ('queued', 'reading') ORDER BY seq",
  )
  const parts = db.prepare<[number], { seq: number }>('SELECT seq FROM upload WHERE parent = ?')
  return {
    find: (id: string) => find.get(id),
    create: ({ id, parent, name, tz, dest, bytes }: NewUpload) =>
      create.run(id, parent ?? null, name, tz, dest ?? null, bytes, ownProcess(), Date.now()),
    /** The logs of an archive. */
    parts: (seq: number) => parts.all(seq),
    start: (id: string, format: string) => start.run(format, id),
    advance: (seq: number, progress: Progress, before: string) => {
      const otherCodes: Record<string, number> = JSON.parse(before)
      for (const [code, count] of Object.entries(progress.otherCodes))
        otherCodes[code] = (otherCodes[code] ?? 0) + count
      advance.run({ ...progress, otherCodes: JSON.stringify(otherCodes), seq })
    },
    finish: (id: string) => finish.run(Date.now(), id),
    fail: (seq: number, error: string) => fail.run(Date.now(), error, seq),
    remove: (seq: number) => remove.run(seq),
    unfinished: () => unfinished.all(),
  }
}

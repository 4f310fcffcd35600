import { prepareEvent } from '#lib/model/prepare.ts'
import { ownProcess } from '#lib/process/running.ts'
import { hasCode } from '#lib/thread/error.ts'
import type { Connection } from '../database.ts'
import { readFrame } from '../frames.ts'
import type { Job } from '../jobs.ts'
import type { openOverlaps } from '../overlaps.ts'
import { openPacker } from '../pack.ts'
import { isOver, type Slice } from '../slice.ts'
import type { openUploads } from '../uploads.ts'
import type { BatchWriter } from '../write-batch.ts'
import { type KeptEvent, type KeptUpload, keptTables, oldestSchema, openInsert, type Row, unpackRows } from './rows.ts'

type Restoring = { number: number; id: string; next: number | null; root: number | null; process: string | null }
type Part = { seq: number; log: string; kind: 'events' | 'rejects' | 'upload'; frame: Buffer | null; rows: Buffer }

type Writers = {
  uploads: ReturnType<typeof openUploads>
  batches: BatchWriter
  overlaps: ReturnType<typeof openOverlaps>
  /** Called when an upload is restored completely. */
  ended: () => void
}

/**
 * Restores uploads that were undone, slice by slice, in the reverse order of their removal: as an upload that is read once more. What
 * another upload has stored since is a duplicate. What is kept stays until all of it is restored; if the process dies, what was restored is
 * removed like any upload that was being read, and restored again.
 */
export function openRestore(db: Connection, { uploads, batches, overlaps, ended }: Writers, slice: Slice): Job {
  const found = db.prepare<[], Restoring>(
    `SELECT k.number, k.id, k.next, u.seq AS root, u.process FROM removed_upload k LEFT JOIN upload u ON u.id = k.id
     WHERE k.state = 'restoring' AND k.version >= ${oldestSchema} ORDER BY k.number LIMIT 1`,
  )
  const isRemoving = db.prepare<[], number>("SELECT EXISTS (SELECT 1 FROM upload WHERE state = 'removing')").pluck()
  const part = db.prepare<[number, number], Part>(
    'SELECT seq, log, kind, frame, rows FROM removed_part WHERE removed = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
  )
  const failureOf = db.prepare<[string, number], { error: string | null }>(
    'SELECT error FROM removed_failure WHERE log = ? AND removed = ?',
  )
  const insert = openInsert(db)
  const setNext = db.prepare('UPDATE removed_upload SET next = ? WHERE number = ?')
  const drop = db.prepare("UPDATE removed_upload SET state = 'dropping' WHERE number = ?")
  const stop = db.prepare("UPDATE removed_upload SET state = 'kept' WHERE number = ?")
  const count = db.prepare('UPDATE upload SET stored = stored + ?, duplicates = duplicates + ? WHERE seq = ?')
  const finish = db.prepare("UPDATE upload SET state = 'done' WHERE seq = ?")

  function restoreUpload({ log, rows }: Part, number: number, root: number | null): void {
    const { upload, dests, tables } = unpackRows<KeptUpload>(rows)
    // No other upload was given its number since.
    const seq = Number(upload.seq)
    const failure = failureOf.get(log, number)
    const state = root === null ? 'reading' : failure === undefined ? 'done' : 'failed'
    const error = failure?.error ?? null
    insert('upload', { ...upload, state, error, stored: 0, process: ownProcess() })
    for (const { dest, ...sums } of dests)
      insert('upload_dest', { upload: seq, dest_id: batches.dictionary.dest(dest), ...sums })
    for (const table of keptTables) for (const row of tables[table]) insert(table, { upload: seq, ...row })
  }

  function restoreEvents(root: number, seq: number, frame: Buffer, rows: Buffer): void {
    const events = unpackRows<KeptEvent[]>(rows)
    const logged = readFrame(frame)
    const packer = openPacker()
    for (const { slot, dest, EventCode, time, record_id: recordId } of events) {
      const sections = logged[slot]
      if (sections === undefined) throw new Error(`What was kept of an upload has no entry ${slot}.`)
      packer.add(prepareEvent({ dest, EventCode, time, recordId, sections: Object.fromEntries(sections) }), sections)
    }
    const ordinals = events.map(({ ordinal }) => ordinal)
    const written = batches.write(seq, packer.close(), (event) => overlaps.note(root, seq, event), ordinals)
    count.run(written.stored, events.length - written.stored, seq)
  }

  function restorePart(part: Part, number: number, root: number | null): void {
    const { log, kind, frame, rows } = part
    if (kind === 'upload') {
      restoreUpload(part, number, root)
      return
    }
    const seq = uploads.find(log)?.seq
    if (root === null || seq === undefined) throw new Error(`What was kept of ${log} has no upload.`)
    if (frame !== null) restoreEvents(root, seq, frame, rows)
    else for (const row of unpackRows<Row[]>(rows)) insert('reject', { upload: seq, ...row })
  }

  function end(number: number, root: number): void {
    try {
      overlaps.takeOver(root)
    } catch (error) {
      if (!hasCode(error, 'OVERLAP_GONE')) throw error
      // Events that it counted as duplicates were removed meanwhile: it is removed, and restored again.
      uploads.startRemoval(root, null)
      return
    }
    overlaps.forget(root)
    batches.endUpload(root)
    finish.run(root)
    drop.run(number)
    ended()
  }

  return {
    isPending: () => {
      const next = found.get()
      // What a dead process left is removed first.
      return next !== undefined && isRemoving.get() === 0 && (next.root === null || next.process === ownProcess())
    },
    slice: () => {
      const over = isOver(slice)
      for (let next = found.get(); next !== undefined; next = found.get()) {
        const { number, root } = next
        // A log was sent under its id before it began: what is kept stays, and the new upload is not touched.
        if (root !== null && next.next === null) {
          stop.run(number)
          continue
        }
        const last = root === null ? Number.MAX_SAFE_INTEGER : (next.next ?? 0)
        const piece = part.get(number, last)
        if (piece === undefined) return root === null ? void drop.run(number) : end(number, root)
        restorePart(piece, number, root)
        setNext.run(piece.seq - 1, number)
        if (over()) return
      }
    },
  }
}

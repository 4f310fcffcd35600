import type { By } from '#lib/model/access.ts'
import { quotaBytes } from '../../settings.ts'
import type { Connection } from '../database.ts'
import type { Dropping } from './dropping.ts'
import { type KeptEvent, type KeptUpload, keptTables, packRows, type Row } from './rows.ts'
import { undoSizeSql } from './size.ts'

export type Keeping = ReturnType<typeof openKeeping>

/** Opens what keeps the rows that an undo removes. Each call must run inside the transaction that removes them. */
export function openKeeping(db: Connection, isShort: () => boolean, dropping: Dropping) {
  const replace = db.prepare("UPDATE removed_upload SET state = 'dropping' WHERE id = ? AND state <> 'restoring'")
  const begin = db.prepare(
    `INSERT INTO removed_upload (id, name, state, records, stored, bytes, version, removed_at, removed_by)
     SELECT r.id, r.name, 'removing', sum(u.records), sum(u.stored), 0, ?, ?, ? FROM upload r
     JOIN upload u ON u.seq = r.seq OR u.parent = r.seq WHERE r.id = ?`,
  )
  const failures = db.prepare(
    `INSERT INTO removed_failure (removed, log, error)
     SELECT ?, u.id, u.error FROM upload r JOIN upload u ON u.parent = r.seq WHERE r.id = ? AND u.state = 'failed'`,
  )
  const whose = db.prepare<[number], { number: number; log: string; bytes: number }>(
    `SELECT k.number, u.id AS log, k.bytes FROM upload u JOIN upload r ON r.seq = coalesce(u.parent, u.seq)
     JOIN removed_upload k ON k.id = r.id AND k.state = 'removing' WHERE u.seq = ?`,
  )
  const addPart = db.prepare('INSERT INTO removed_part (removed, log, kind, frame, rows) VALUES (?, ?, ?, ?, ?)')
  const grow = db.prepare('UPDATE removed_upload SET bytes = bytes + ? WHERE number = ?')
  const end = db.prepare(
    "UPDATE removed_upload SET state = 'kept' WHERE id = (SELECT id FROM upload WHERE seq = ?) AND state = 'removing'",
  )
  const events = db.prepare<[number, number, number], KeptEvent>(
    `SELECT e.slot, d.name AS dest, e.EventCode, e.time, e.record_id, e.ordinal FROM event e JOIN dest d ON d.id = e.dest_id
     WHERE e.id BETWEEN ? AND ? AND e.upload = ? ORDER BY e.id`,
  )
  const frame = db.prepare<[number], Buffer>('SELECT body FROM detail WHERE id = ?').pluck()
  const rejects = db.prepare<[number, number], Row>(
    'SELECT record, line, offset, reason, detail, snippet FROM reject WHERE upload = ? ORDER BY record LIMIT ?',
  )
  const upload = db.prepare<[number], Row>('SELECT * FROM upload WHERE seq = ?')
  const dests = db.prepare<[number], KeptUpload['dests'][number]>(
    `SELECT d.name AS dest, u.events, u.first_time, u.last_time FROM upload_dest u JOIN dest d ON d.id = u.dest_id
     WHERE u.upload = ?`,
  )
  const tables = keptTables.map(
    (table) => [table, db.prepare<[number], Row>(`SELECT * FROM ${table} WHERE upload = ?`)] as const,
  )

  const size = db.prepare<[string], number>(undoSizeSql).pluck()

  const isTooLarge = ({ bytes }: { bytes: number }): boolean => bytes > quotaBytes()

  function add(seq: number, kind: 'events' | 'rejects' | 'upload', rows: unknown, body: Buffer | null = null): void {
    const kept = whose.get(seq)
    if (kept === undefined) return
    const packed = packRows(rows)
    addPart.run(kept.number, kept.log, kind, body, packed)
    grow.run(packed.length + (body?.length ?? 0), kept.number)
  }

  return {
    /** Keeps what is removed of an upload from now on, instead of what was kept under its id before. */
    begin: (id: string, by: By): void => {
      replace.run(id)
      const version = db.pragma('user_version', { simple: true }) as number
      const { lastInsertRowid } = begin.run(version, by.at, by.actor.name, id)
      failures.run(lastInsertRowid, id)
    },
    /** Whether so little would be kept of an upload that the quota has room for it. */
    isFit: (id: string): boolean => (size.get(id) ?? 0) <= quotaBytes(),
    /** Whether what is removed of an upload is to be kept. If space is short, or it is more than the quota, nothing of it is kept any more. */
    isKept: (seq: number): boolean => {
      const kept = whose.get(seq)
      if (kept === undefined) return false
      const reason = isShort() ? 'disk' : isTooLarge(kept) ? 'quota' : null
      if (reason !== null) dropping(kept.number, reason)
      return reason === null
    },
    /** Keeps the events that an upload has in a frame. */
    events: (seq: number, { id, first, last }: { id: number; first: number; last: number }): void => {
      const found = events.all(first, last, seq)
      const body = frame.get(id)
      if (found.length > 0 && body !== undefined) add(seq, 'events', found, body)
    },
    /** Keeps so many rejected records, those that are deleted next. */
    rejects: (seq: number, most: number): void => {
      const found = rejects.all(seq, most)
      if (found.length > 0) add(seq, 'rejects', found)
    },
    /** Keeps the row of an upload, when its events have gone, and what its receipt says of hosts. */
    upload: (seq: number): void => {
      const row = upload.get(seq)
      if (row === undefined) return
      const { process: _, ...kept } = row
      const of = Object.fromEntries(
        tables.map(([table, rows]) => [table, rows.all(seq).map(({ upload: _upload, ...each }) => each)]),
      )
      add(seq, 'upload', { upload: kept, dests: dests.all(seq), tables: of } as KeptUpload)
    },
    /** Call before the row of an upload is deleted: with that of the upload itself, everything is kept. */
    end: (seq: number): void => {
      const kept = whose.get(seq)
      if (kept !== undefined && isTooLarge(kept)) dropping(kept.number, 'quota')
      else end.run(seq)
    },
  }
}

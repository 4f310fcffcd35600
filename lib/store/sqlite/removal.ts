import type { Connection } from './database.ts'
import { openFleetSpans } from './fleet-spans.ts'
import type { Keeping } from './kept/keep.ts'
import { isOver, type Slice } from './slice.ts'
import { type Counted, type Member, openSubtraction } from './subtract.ts'
import { openTouched } from './touched.ts'

/** Rejected records deleted at once. */
const rejectsAtOnce = 5000

type Removing = { seq: number; error: string | null }
type EventRow = Counted & { id: number; stack: number; audit: number }

export type Removal = ReturnType<typeof openRemoval>

/**
 * Removes uploads that are in the state `removing`, slice by slice, so that an interrupted removal is continued. The
 * upload's row goes last: it is deleted, or failed if it has an error. What is to be kept of it is handed to `keeping` first.
 */
export function openRemoval(db: Connection, slice: Slice, keeping: Keeping) {
  const { rules, stacks } = openSubtraction(db)
  const touch = openTouched(db)
  const stepSpans = openFleetSpans(db, slice)
  // The logs of an archive go before the archive.
  const next = db.prepare<[], Removing>(
    `SELECT seq, error FROM upload WHERE state = 'removing' ORDER BY parent IS NULL, seq LIMIT 1`,
  )
  const isLast = db
    .prepare<[], number>("SELECT count(*) = 1 FROM (SELECT 1 FROM upload WHERE state = 'removing' LIMIT 2)")
    .pluck()
  // Its own frames first, then those of others that have events which it has taken over.
  const frame = db.prepare<[{ upload: number }], { id: number; first: number; last: number }>(
    `SELECT id, first_event AS first, last_event AS last FROM detail
     WHERE id = coalesce((SELECT max(id) FROM detail WHERE upload = :upload), (SELECT max(detail_id) FROM adopted WHERE upload = :upload))`,
  )
  const events = db.prepare<[number, number, number], EventRow>(
    `SELECT id, dest_id AS dest, EventCode, rule_id AS rule, time, stack_id AS stack, audit_id AS audit FROM event
     WHERE id BETWEEN ? AND ? AND upload = ?`,
  )
  const changes = db.prepare<[number, number, number], Member>(
    `SELECT c.stack_id AS stack, e.time FROM event_change c JOIN event e ON e.id = c.event_id
     WHERE c.event_id BETWEEN ? AND ? AND e.upload = ?`,
  )
  const dropChanges = db.prepare(
    'DELETE FROM event_change WHERE event_id IN (SELECT id FROM event WHERE id BETWEEN ? AND ? AND upload = ?)',
  )
  const dropEvents = db.prepare('DELETE FROM event WHERE id BETWEEN ? AND ? AND upload = ?')
  const dropFrame = db.prepare('DELETE FROM detail WHERE id = ?')
  const otherOwner = db
    .prepare<[number, number], number>('SELECT upload FROM event WHERE id BETWEEN ? AND ? LIMIT 1')
    .pluck()
  const giveFrame = db.prepare('UPDATE detail SET upload = ? WHERE id = ? AND upload = ?')
  const forgetFrame = db.prepare('DELETE FROM adopted WHERE detail_id = ?')
  const dropAdopted = db.prepare('DELETE FROM adopted WHERE detail_id = ? AND upload = ?')
  const takeStored = db.prepare('UPDATE upload SET stored = stored - ? WHERE seq = ?')
  const dropRejects = db.prepare(
    'DELETE FROM reject WHERE rowid IN (SELECT rowid FROM reject WHERE upload = ? ORDER BY record LIMIT ?)',
  )
  const dropRows = [
    `DELETE FROM dest WHERE id IN (SELECT dest_id FROM upload_dest WHERE upload = ?)
     AND NOT EXISTS (SELECT 1 FROM dest_rule r WHERE r.dest_id = dest.id)
     AND (SELECT count(*) FROM upload_dest u WHERE u.dest_id = dest.id) = 1`,
    'DELETE FROM upload_dest WHERE upload = ?',
    'DELETE FROM upload_continuity WHERE upload = ?',
    'DELETE FROM upload_stretch WHERE upload = ?',
    'DELETE FROM upload_version WHERE upload = ?',
  ].map((sql) => db.prepare(sql))
  const fail = db.prepare(
    `UPDATE upload SET state = 'failed', finished_at = ?, records = 0, stored = 0, duplicates = 0, rejects = 0, unparsed = 0,
       unchecked = 0, other_codes = '{}', first_time = NULL, last_time = NULL WHERE seq = ?`,
  )
  const remove = db.prepare('DELETE FROM upload WHERE seq = ?')

  function removeFrame(upload: number, { id, first, last }: { id: number; first: number; last: number }): void {
    const gone = events.all(first, last, upload)
    const members: Member[] = changes.all(first, last, upload)
    for (const { stack, audit, time } of gone) {
      members.push({ stack, time })
      if (audit !== 0) members.push({ stack: audit, time })
    }
    dropChanges.run(first, last, upload)
    dropEvents.run(first, last, upload)
    touch(first, last)
    dropAdopted.run(id, upload)
    const other = otherOwner.get(first, last)
    if (other === undefined) {
      dropFrame.run(id)
      forgetFrame.run(id)
    } else if (giveFrame.run(other, id, upload).changes > 0) dropAdopted.run(id, other)
    takeStored.run(gone.length, upload)
    rules(gone)
    stacks(members)
  }

  /** One step of a removal; false if nothing is left but the upload's own rows. */
  function step(upload: number, isKept: boolean): boolean {
    const found = frame.get({ upload })
    if (found !== undefined) {
      if (isKept) keeping.events(upload, found)
      removeFrame(upload, found)
      return true
    }
    if (isKept) keeping.rejects(upload, rejectsAtOnce)
    if (dropRejects.run(upload, rejectsAtOnce).changes > 0) return true
    // Their time spans are found again once, before the last upload goes.
    return isLast.get() === 1 && stepSpans()
  }

  return {
    isPending: (): boolean => next.get() !== undefined,
    /** Does what fits into one slice, inside a transaction; returns the row numbers of the uploads that were finished with it. */
    slice: (): number[] => {
      const finished: number[] = []
      const over = isOver(slice)
      for (let upload = next.get(); upload !== undefined; upload = next.get()) {
        const isKept = keeping.isKept(upload.seq)
        while (step(upload.seq, isKept)) if (over()) return finished
        if (isKept) keeping.upload(upload.seq)
        keeping.end(upload.seq)
        for (const drop of dropRows) drop.run(upload.seq)
        if (upload.error === null) remove.run(upload.seq)
        else fail.run(Date.now(), upload.seq)
        finished.push(upload.seq)
        if (over()) return finished
      }
      return finished
    },
  }
}

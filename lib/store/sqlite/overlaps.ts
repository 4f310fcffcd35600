import type { UploadKind, UploadState } from '#lib/model/upload.ts'
import type { Connection } from './database.ts'
import { openTouched } from './touched.ts'

/** An upload has events that were stored from another upload only, and were removed with that one before this one ended. */
export class OverlapGone extends Error {
  override name = 'OverlapGone'
  code = 'OVERLAP_GONE'
  constructor() {
    super(
      'Some of its events were stored already, from an upload that was removed meanwhile. Nothing of it was kept. Upload it again.',
    )
  }
}

/** Whose an event is: an upload or a log of an archive, which ends with its archive (`root`). */
type Owner = { root: number; kind: UploadKind; state: UploadState; part: UploadState }

/** Row numbers of events without a break. */
type Run = { first: number; last: number }

/**
 * Remembers which events an upload counted as duplicates. When it ends well, it takes over those that belong to uploads
 * which may still fail, so that what was acknowledged depends on no other upload.
 */
export function openOverlaps(db: Connection) {
  /** By the upload that ends, and the log of it that has the events. */
  const noted = new Map<number, Map<number, Run[]>>()
  const touch = openTouched(db)
  const find = db.prepare<[number], Owner>(
    `SELECT r.seq AS root, r.kind, r.state, u.state AS part FROM upload u JOIN upload r ON r.seq = coalesce(u.parent, u.seq)
     WHERE u.seq = ?`,
  )
  const owners = db.prepare<[number, number], { upload: number; count: number }>(
    'SELECT upload, count(*) AS count FROM event WHERE id BETWEEN ? AND ? GROUP BY upload',
  )
  const move = db.prepare('UPDATE event SET upload = ? WHERE id BETWEEN ? AND ? AND upload = ?')
  const adopt = db.prepare(
    'INSERT OR IGNORE INTO adopted (upload, detail_id) SELECT upload, detail_id FROM event WHERE id BETWEEN ? AND ? AND upload = ?',
  )
  const recount = db.prepare(
    'UPDATE upload SET stored = stored + :events, duplicates = duplicates - :events WHERE seq = :seq',
  )

  function note(root: number, log: number, { first, last }: Run): void {
    const logs = noted.get(root) ?? new Map<number, Run[]>()
    noted.set(root, logs)
    const runs = logs.get(log) ?? []
    logs.set(log, runs)
    const latest = runs.at(-1)
    if (latest !== undefined && latest.last + 1 === first) latest.last = last
    else runs.push({ first, last })
  }

  /** Whether the events of an owner stay, whatever becomes of other uploads: it has ended well, or is a feed. */
  const isSettled = ({ kind, state, part }: Owner): boolean =>
    state !== 'removing' && part !== 'removing' && (kind === 'feed' || (state === 'done' && part === 'done'))

  /** @throws OverlapGone */
  function takeRun(root: number, log: number, { first, last }: Run): void {
    const found = owners.all(first, last)
    if (found.reduce((sum, { count }) => sum + count, 0) < last - first + 1) throw new OverlapGone()
    for (const { upload, count } of found) {
      const owner = find.get(upload)
      if (owner?.root === root || (owner !== undefined && isSettled(owner))) continue
      move.run(log, first, last, upload)
      touch(first, last)
      adopt.run(first, last, log)
      recount.run({ events: count, seq: log })
      recount.run({ events: -count, seq: upload })
      // It counts them as duplicates now, and may need them back.
      if (owner !== undefined) note(owner.root, upload, { first, last })
    }
  }

  return {
    /** Remembers that a log of an upload, or the upload itself, counted a stored event as a duplicate. */
    note: (root: number, log: number, event: number): void => note(root, log, { first: event, last: event }),
    /** Takes over what belongs to uploads that may still fail. @throws OverlapGone if events are gone */
    takeOver: (root: number): void => {
      for (const [log, runs] of noted.get(root) ?? []) for (const run of runs) takeRun(root, log, run)
    },
    forget: (root: number): void => void noted.delete(root),
  }
}

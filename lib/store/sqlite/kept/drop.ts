import { hourLength } from '#lib/asr/hours.ts'
import { undoKeepHours } from '../../settings.ts'
import type { Connection } from '../database.ts'
import type { Job } from '../jobs.ts'

/** Parts that are deleted in one slice. */
const atOnce = 64

/** Deletes what is kept of undone uploads: what was restored, has expired or is of an older schema, and, if space is short, the oldest. */
export function openDrop(db: Connection, isShort: () => boolean): Job {
  const dropping = db
    .prepare<[], number>("SELECT number FROM removed_upload WHERE state = 'dropping' ORDER BY number LIMIT 1")
    .pluck()
  const oldest = db.prepare<[], { number: number; removed_at: number; version: number }>(
    "SELECT number, removed_at, version FROM removed_upload WHERE state = 'kept' ORDER BY removed_at, number LIMIT 1",
  )
  const outdated = db
    .prepare<[number], number>(
      "SELECT number FROM removed_upload WHERE state IN ('kept', 'restoring') AND version <> ? LIMIT 1",
    )
    .pluck()
  const dropParts = db.prepare(
    'DELETE FROM removed_part WHERE seq IN (SELECT seq FROM removed_part WHERE removed = ? ORDER BY seq DESC LIMIT ?)',
  )
  const dropFailures = db.prepare('DELETE FROM removed_failure WHERE removed = ?')
  const dropRow = db.prepare('DELETE FROM removed_upload WHERE number = ?')
  const begin = db.prepare("UPDATE removed_upload SET state = 'dropping' WHERE number = ?")
  const version = db.pragma('user_version', { simple: true }) as number

  function next(): number | undefined {
    const first = dropping.get() ?? outdated.get(version)
    if (first !== undefined) return first
    const kept = oldest.get()
    if (kept === undefined) return undefined
    const isOver = kept.removed_at <= Date.now() - undoKeepHours() * hourLength
    return isOver || isShort() ? kept.number : undefined
  }

  return {
    isPending: () => next() !== undefined,
    slice: () => {
      const number = next()
      if (number === undefined) return
      begin.run(number)
      if (dropParts.run(number, atOnce).changes > 0) return
      dropFailures.run(number)
      dropRow.run(number)
    },
  }
}

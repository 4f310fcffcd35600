import { hourLength } from '#lib/asr/hours.ts'
import type { By } from '#lib/model/access.ts'
import { quotaBytes, undoKeepHours } from '../../settings.ts'
import type { Connection } from '../database.ts'
import type { FreePages } from '../free-pages.ts'
import type { Job } from '../jobs.ts'
import type { Dropping, DropReason } from './dropping.ts'
import { oldestSchema } from './rows.ts'

/** Parts that are deleted in one slice. */
const atOnce = 64

type Kept = { number: number; removed_at: number; bytes: number }

/**
 * Deletes what is kept of undone uploads: what was restored, has expired or is of a schema too old to be restored; and the oldest, if all of it is more than
 * the quota of uploads, if space is short, or if room is to be made.
 */
export function openDrop(
  db: Connection,
  isShort: () => boolean,
  dropping: Dropping,
  { giveBack, isReturning, isOutstanding }: Pick<FreePages, 'giveBack' | 'isReturning' | 'isOutstanding'>,
) {
  const begun = db
    .prepare<[], number>("SELECT number FROM removed_upload WHERE state = 'dropping' ORDER BY number LIMIT 1")
    .pluck()
  const oldest = db.prepare<[], Kept>(
    "SELECT number, removed_at, bytes FROM removed_upload WHERE state = 'kept' ORDER BY removed_at, number",
  )
  // What is being restored or removed is not counted: nothing that goes would make room for it.
  const bytes = db
    .prepare<[], number>("SELECT coalesce(sum(bytes), 0) FROM removed_upload WHERE state = 'kept'")
    .pluck()
  const outdated = db
    .prepare<[number], number>(
      "SELECT number FROM removed_upload WHERE state IN ('kept', 'restoring') AND version < ? LIMIT 1",
    )
    .pluck()
  const dropParts = db.prepare(
    'DELETE FROM removed_part WHERE seq IN (SELECT seq FROM removed_part WHERE removed = ? ORDER BY seq DESC LIMIT ?)',
  )
  const dropFailures = db.prepare('DELETE FROM removed_failure WHERE removed = ?')
  const dropRow = db.prepare('DELETE FROM removed_upload WHERE number = ?')

  /** Whether space is short although what has gone takes up none any more: until then the next would go in vain. */
  const isStillShort = (): boolean => isShort() && !isOutstanding()

  /** What goes next, and why; without a reason it was marked before. */
  function next(): { number: number; reason?: DropReason } | undefined {
    const marked = begun.get()
    if (marked !== undefined) return { number: marked }
    const old = outdated.get(oldestSchema)
    if (old !== undefined) return { number: old, reason: 'schema' }
    const kept = oldest.get()
    if (kept === undefined) return undefined
    const { number } = kept
    if (kept.removed_at <= Date.now() - undoKeepHours() * hourLength) return { number, reason: 'time' }
    if ((bytes.get() ?? 0) > quotaBytes()) return { number, reason: 'quota' }
    return isStillShort() ? { number, reason: 'disk' } : undefined
  }

  const job: Job = {
    isPending: () => next() !== undefined,
    slice: () => {
      const found = next()
      if (found === undefined) return
      const { number, reason } = found
      if (reason !== undefined) dropping(number, reason)
      if (dropParts.run(number, atOnce).changes > 0) return
      dropFailures.run(number)
      dropRow.run(number)
      if (isShort()) giveBack()
    },
  }
  return {
    job,
    /** Lets so many bytes of what is kept go for the quota, unless there are fewer, and what is free be returned to the disk. */
    makeRoom: (wanted: number, by: By): void => {
      let left = wanted <= (bytes.get() ?? 0) ? wanted : 0
      for (const kept of oldest.all()) {
        if (left <= 0) break
        dropping(kept.number, 'quota', by)
        left -= kept.bytes
      }
      giveBack()
    },
    /** Whether something that is to go is still there. */
    isMakingRoom: (): boolean => begun.get() !== undefined || isReturning(),
  }
}

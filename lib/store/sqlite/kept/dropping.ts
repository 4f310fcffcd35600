import { log } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'

/** Why what was kept of an undone upload goes: it expired, is of an older schema, or is in the way of the quota or the disk. */
export type DropReason = 'time' | 'schema' | 'quota' | 'disk'

type Kept = { id: string; name: string; records: number; stored: number; bytes: number }

export type Dropping = ReturnType<typeof openDropping>

/** What the audit log says of what the jobs of the store do. */
const byServer = (): By => ({
  actor: { kind: 'server', id: null, name: 'server' },
  ...{ address: null, request: null, at: Date.now() },
})

/**
 * Opens what marks what is kept of an undone upload, by its number, as to be deleted, with a row of the audit log in the same transaction.
 * Without `by` the store does it by itself.
 */
export function openDropping(db: Connection, audit: Audit) {
  const begin = db.prepare<[number], Kept>(
    `UPDATE removed_upload SET state = 'dropping' WHERE number = ? AND state <> 'dropping'
     RETURNING id, name, records, stored, bytes`,
  )
  return (number: number, reason: DropReason, by = byServer()): void => {
    const kept = begin.get(number)
    if (kept === undefined) return
    const { id, ...what } = kept
    audit(by, 'kept-dropped', id, what, { reason })
    log.info('What was kept of an undone upload goes: it cannot be restored any more.', { upload: id, reason })
  }
}

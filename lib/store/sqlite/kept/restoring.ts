import type { By } from '#lib/model/access.ts'
import type { Restored } from '../../store.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import { oldestSchema } from './rows.ts'

/** Opens what begins and stops to restore an upload that was undone. Each call must run inside a transaction. */
export function openRestoring(db: Connection, audit: Audit) {
  const kept = db.prepare<[string], { number: number; name: string; records: number; stored: number }>(
    `SELECT number, name, records, stored FROM removed_upload WHERE id = ? AND state = 'kept' AND version >= ${oldestSchema}`,
  )
  const exists = db.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM upload WHERE id = ?)').pluck()
  const start = db.prepare("UPDATE removed_upload SET state = 'restoring', next = NULL WHERE number = ?")
  const stop = db.prepare("UPDATE removed_upload SET state = 'kept', next = NULL WHERE id = ? AND state = 'restoring'")
  const isRestoring = db
    .prepare<[string], number>("SELECT EXISTS (SELECT 1 FROM removed_upload WHERE id = ? AND state = 'restoring')")
    .pluck()
  return {
    isRestoring: (id: string): boolean => isRestoring.get(id) === 1,
    /** Lets the job restore an upload. */
    start: (id: string, by: By): Restored => {
      const found = kept.get(id)
      if (found === undefined) return isRestoring.get(id) === 1 ? 'restoring' : 'gone'
      if (exists.get(id) === 1) return 'exists'
      const { number, ...what } = found
      start.run(number)
      audit(by, 'restore', id, null, what)
      return 'restoring'
    },
    /** Stops to restore an upload, which is undone again: what is kept stays. False if it was not being restored. */
    stop: (id: string): boolean => stop.run(id).changes > 0,
  }
}

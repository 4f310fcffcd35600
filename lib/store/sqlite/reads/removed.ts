import { hourLength } from '#lib/asr/hours.ts'
import type { RemovedUpload } from '#lib/model/removed.ts'
import { undoKeepHours } from '../../settings.ts'
import { undoSizeSql } from '../kept/size.ts'
import type { Sql } from '../sql.ts'

/** Uploads that were undone and can be restored, the last one first. */
export async function removedUploads(sql: Sql): Promise<RemovedUpload[]> {
  const rows = await sql.all<Omit<RemovedUpload, 'keptUntil'>>(
    `SELECT id, name, state, records, stored, bytes, removed_at AS "removedAt", removed_by AS "removedBy" FROM removed_upload
     WHERE state <> 'dropping' ORDER BY removed_at DESC, number DESC`,
  )
  return rows.map((row) => ({ ...row, keptUntil: row.removedAt + Math.round(undoKeepHours() * hourLength) }))
}

/** Bytes that would be kept of an upload if it were undone, at least. */
export async function undoSize(sql: Sql, id: string): Promise<number> {
  const [row] = await sql.all<{ bytes: number }>(undoSizeSql, [id])
  return row?.bytes ?? 0
}

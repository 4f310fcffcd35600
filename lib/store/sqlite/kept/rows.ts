import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Statement } from 'better-sqlite3'
import type { Connection } from '../database.ts'

/**
 * The oldest version of the schema of which kept rows can be restored. A migration that changes one of `restoredTables` must raise it to its own
 * number: what was kept before then ends with the upgrade.
 */
export const oldestSchema = 9

export type Row = Record<string, string | number | null>

/** What is kept of the events of a frame: their entry in it, and what the detail does not have. */
export type KeptEvent = {
  slot: number
  dest: string
  EventCode: number
  time: number
  record_id: number | null
  ordinal: number | null
}

/** What is kept of an upload besides events and rejected records, and of the hosts that a receipt names. */
export type KeptUpload = {
  upload: Row
  dests: { dest: string; events: number; first_time: number; last_time: number }[]
  tables: Record<(typeof keptTables)[number], Row[]>
}

/** Tables with rows of an upload that are kept as they are. */
export const keptTables = ['upload_continuity', 'upload_stretch', 'upload_version'] as const

/** Tables into which what is kept is restored, and those in which it is kept. */
export const restoredTables = [
  ...(['upload', 'upload_dest', 'reject', ...keptTables] as const),
  ...(['removed_upload', 'removed_failure', 'removed_part'] as const),
] as const

export const packRows = (rows: unknown): Buffer => zstdCompressSync(JSON.stringify(rows))
export const unpackRows = <Rows>(bytes: Uint8Array): Rows => JSON.parse(zstdDecompressSync(bytes).toString('utf8'))

/** Opens what inserts rows that were read from a table with this schema. */
export function openInsert(db: Connection) {
  const statements = new Map<string, Statement>()
  return (table: string, row: Row): void => {
    const names = Object.keys(row)
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
    const statement = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, statement)
    statement.run(...Object.values(row))
  }
}

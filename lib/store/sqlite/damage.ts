import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { printable } from '#lib/log/printable.ts'
import { DamagedDatabase, isDamage } from '../errors.ts'
import type { Connection } from './database.ts'

/** A file of up to this many bytes is checked completely, which takes a second at most. */
const smallFile = 64 * 1024 * 1024

/** Reads the first and the last entry of every table and index. @throws what SQLite finds. */
function readEnds(db: Connection): void {
  const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  for (const name of names) {
    const [key] = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk = 1').pluck().all(name)
    const order = key === undefined ? 'rowid' : `"${key}"`
    for (const way of ['ASC', 'DESC']) db.prepare(`SELECT * FROM "${name}" ORDER BY ${order} ${way} LIMIT 1`).get()
  }
}

function findDamage(db: Connection, size: number): string | null {
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  if (size > smallFile) {
    readEnds(db)
    return null
  }
  const found = db.pragma('quick_check(1)', { simple: true }) as string
  return found === 'ok' ? null : found
}

/**
 * Looks for damage that shows at once: a missing, empty, truncated or overwritten file. A small file is checked
 * completely. A file that does not exist is fine. @throws DamagedDatabase
 */
export function checkDamage(file: string): void {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size
  const size = sizeOf(file)
  const shown = printable(file)
  if (size === undefined) {
    if (!sizeOf(`${file}-wal`)) return
    throw new DamagedDatabase(shown, `the file is missing, but its write-ahead log ${shown}-wal is there`)
  }
  if (size === 0) throw new DamagedDatabase(shown, 'the file is empty (if nothing was ever stored in it, delete it)')
  const db = new Database(file, { readonly: true, timeout: 30_000 })
  try {
    const damage = findDamage(db, size)
    if (damage !== null) throw new DamagedDatabase(shown, damage)
  } catch (error) {
    throw isDamage(error) && !(error instanceof DamagedDatabase) ? new DamagedDatabase(shown, error) : error
  } finally {
    db.close()
  }
}

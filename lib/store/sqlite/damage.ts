import { closeSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { printable } from '#lib/log/printable.ts'
import { DamagedDatabase, isDamage } from '../errors.ts'
import type { Connection } from './database.ts'

/** A file of up to this many bytes is checked completely, which takes a second at most; of others, all ends are read. */
const smallFile = 64 * 1024 * 1024

/** Bytes that a database must have by its header; null if the header does not say (the file format of SQLite, 1.3). */
function expectedSize(file: string): number | null {
  const header = Buffer.alloc(100)
  const handle = openSync(file, 'r')
  const read = readSync(handle, header, 0, 100, 0)
  closeSync(handle)
  const pageSize = header.readUInt16BE(16)
  const isValid = read === 100 && header.readUInt32BE(24) === header.readUInt32BE(92)
  return isValid ? header.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize) : null
}

/**
 * Whether an open database file is shorter than its own header says. By itself it only is after the log was written back
 * half-way: the header is the first page of those that are written, and the last ones can be in the part that a reader holds back. False if there is
 * no such file.
 */
export function isCutOff(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  return size !== undefined && size < (expectedSize(file) ?? 1)
}

/** Reads the first and the last entry of every table and index. @throws what SQLite finds. */
function readEnds(db: Connection): void {
  const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  for (const name of names) {
    const [key] = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk = 1').pluck().all(name)
    const order = key === undefined ? 'rowid' : `"${key}"`
    for (const way of ['ASC', 'DESC']) db.prepare(`SELECT * FROM "${name}" ORDER BY ${order} ${way} LIMIT 1`).get()
  }
}

function findDamage(db: Connection, isSmall: boolean): string | null {
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  if (!isSmall) {
    readEnds(db)
    return null
  }
  const found = db.pragma('quick_check(1)', { simple: true }) as string
  return found === 'ok' ? null : found.replaceAll('\n', ' ')
}

/**
 * Looks for damage that shows at once: a missing, empty, truncated or overwritten file. A small file is checked
 * completely. A file that does not exist is fine. @throws DamagedDatabase
 */
export function checkDamage(file: string, small = smallFile): void {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size
  const size = sizeOf(file)
  const shown = printable(file)
  if (size === undefined) {
    if (!sizeOf(`${file}-wal`)) return
    throw new DamagedDatabase(shown, `the file is missing, but its write-ahead log ${shown}-wal is there`)
  }
  if (size === 0) throw new DamagedDatabase(shown, 'the file is empty (if nothing was ever stored in it, delete it)')
  // With a log, the rest of the file may be in there.
  const expected = sizeOf(`${file}-wal`) ? null : expectedSize(file)
  if (expected !== null && size < expected)
    throw new DamagedDatabase(shown, `the file has ${size} bytes instead of ${expected}`)
  const db = new Database(file, { readonly: true, timeout: 30_000 })
  try {
    const damage = findDamage(db, size <= small)
    if (damage !== null) throw new DamagedDatabase(shown, damage)
  } catch (error) {
    throw isDamage(error) && !(error instanceof DamagedDatabase) ? new DamagedDatabase(shown, error) : error
  } finally {
    db.close()
  }
}

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

export type Connection = Database.Database

/** Opens the file for writing, making it where it is missing. WAL lets the pages read while a log is being stored. */
export function openForWriting(file: string): Connection {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = new Database(file, { timeout: 30_000 })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  // Pages that one batch after another touches are written back to the file once, not after every batch.
  db.pragma('wal_autocheckpoint = 65536')
  db.pragma('cache_size = -65536')
  db.pragma('temp_store = MEMORY')
  return db
}

/** Opens the file for reading only. @throws where it does not exist. */
export function openForReading(file: string): Connection {
  const db = new Database(file, { readonly: true, timeout: 30_000 })
  db.pragma('cache_size = -65536')
  db.pragma('mmap_size = 1073741824')
  db.pragma('temp_store = MEMORY')
  return db
}

/** Moves what still lies in the write-ahead log into the file, unless someone writes just then: for the end of a program. */
export function settle(file: string): void {
  const db = new Database(file, { timeout: 500 })
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

import { mkdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Step } from '#lib/hunting/definition.ts'
import { formOf } from '#lib/hunting/forms/form.ts'
import { fitsLower } from '#lib/text/fits.ts'

export type Connection = Database.Database

/** The page cache of the writer: a sixty-fourth of the memory of the machine, 64 to 384 MiB. */
const cacheKib = (): number => Math.round(Math.min(Math.max(totalmem() / 64 / 1024, 65_536), 393_216))

/** How long another connection that is writing is waited for, in milliseconds. */
export const busyTimeout = 30_000

/** Pages of the write-ahead log after which it is written back to the file. */
const logPages = 65_536
/** Bytes of so many pages. */
export const logBytes = logPages * 4096

/** Opens the file for writing, making it if it is missing. WAL lets the pages read while a log is being stored. */
export function openForWriting(file: string): Connection {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = new Database(file, { timeout: busyTimeout })
  // Takes effect in a new file only; the migrator rewrites an older one.
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  // What is committed is on the disk. On macOS a pragma is needed so that the disk keeps nothing back.
  db.pragma('synchronous = FULL')
  db.pragma('fullfsync = ON')
  db.pragma('foreign_keys = ON')
  // Pages that one batch of a large log after another touches are written back to the file once, not after every batch. What
  // is acknowledged is written back sooner: see the writer.
  db.pragma(`wal_autocheckpoint = ${logPages}`)
  // A log that grew while a reader held it back gets smaller again.
  db.pragma(`journal_size_limit = ${logBytes}`)
  db.pragma(`cache_size = -${cacheKib()}`)
  db.pragma('temp_store = MEMORY')
  return db
}

/** The SQL function text_fits(text, parts): whether a text fits the parts of a pattern, given as JSON. One pattern meets many texts. */
function addTextFits(db: Connection): void {
  let [json, lower]: [unknown, string[]] = [null, []]
  db.function('text_fits', { deterministic: true }, (text: unknown, parts: unknown): number => {
    if (parts !== json)
      [json, lower] = [parts, (JSON.parse(String(parts)) as string[]).map((part) => part.toLowerCase())]
    return fitsLower(lower, String(text).toLowerCase()) ? 1 : 0
  })
}

/** The SQL function text_fold(text): the text without the case of its letters, as `fits` folds it. */
const addTextFold = (db: Connection): void => {
  db.function('text_fold', { deterministic: true }, (text: unknown): string => String(text).toLowerCase())
}

/** The SQL function text_form(step, kind, text): the text at a step of the ladder of paths or command lines. */
const addTextForm = (db: Connection): void => {
  db.function('text_form', { deterministic: true }, (step: unknown, kind: unknown, text: unknown): string =>
    formOf(step as Step, kind as 'path' | 'command', String(text)),
  )
}

/** Opens the file for reading only. @throws if it does not exist. */
export function openForReading(file: string): Connection {
  const db = new Database(file, { readonly: true, timeout: busyTimeout })
  // Of the file, pages are read in place; the cache is for those of the write-ahead log.
  db.pragma('cache_size = -16384')
  db.pragma('mmap_size = 1073741824')
  db.pragma('temp_store = MEMORY')
  addTextFits(db)
  addTextFold(db)
  addTextForm(db)
  return db
}

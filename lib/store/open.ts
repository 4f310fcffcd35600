import { log } from '#lib/log/log.ts'
import { FileGone } from './errors.ts'
import { noteDamage } from './health.ts'
import { databaseFile, dataFolder } from './settings.ts'
import { openSqliteStore } from './sqlite/store.ts'
import { openSqliteWrites, type SqliteWrites } from './sqlite/writes.ts'
import type { Store } from './store.ts'

// One store a process, also across the two copies of this module that Next makes; development reloads keep it.
const kept = globalThis as {
  asrHuntWrites?: Promise<SqliteWrites> | undefined
  asrHuntReads?: Promise<Store> | undefined
}

/**
 * The write interface of this process's store. The first call starts the thread that writes, which makes or migrates the
 * database; a thread that died is started again. @throws if the database cannot be opened.
 */
export async function getWrites(): Promise<SqliteWrites> {
  const before = kept.asrHuntWrites
  const writes = await before
  if (writes !== undefined && !writes.isDead()) return writes
  const problem = writes?.fileProblem() ?? null
  // A writer that is started again would make an empty database.
  if (problem !== null) throw new FileGone(problem)
  // Of several callers that find it dead, the first starts the next one.
  if (kept.asrHuntWrites === before) {
    if (writes !== undefined) log.error('The writing thread has died and is started again.')
    const started = openSqliteWrites(databaseFile(), dataFolder())
    kept.asrHuntWrites = started
    // What was wrong may be mended: the next caller tries again.
    started.catch(() => {
      if (kept.asrHuntWrites === started) kept.asrHuntWrites = undefined
    })
  }
  return kept.asrHuntWrites as Promise<SqliteWrites>
}

/** The read interface of this process's store. Once opened, it does not need the thread that writes. */
export function getStore(): Promise<Store> {
  if (kept.asrHuntReads === undefined) {
    const opened = getWrites().then(() => noteDamage(openSqliteStore(databaseFile())))
    kept.asrHuntReads = opened
    opened.catch(() => {
      if (kept.asrHuntReads === opened) kept.asrHuntReads = undefined
    })
  }
  return kept.asrHuntReads
}

/**
 * Commits what is waiting and closes the store, if it was opened. The thread that writes goes last: with the last connection
 * SQLite moves the write-ahead log into the file.
 */
export async function closeStore(): Promise<void> {
  await (await kept.asrHuntReads)?.close()
  await (await kept.asrHuntWrites)?.close()
}

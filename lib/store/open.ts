import { log } from '#lib/log/log.ts'
import { shared } from '#lib/process/shared.ts'
import { FileGone } from './errors.ts'
import { noteDamage } from './health.ts'
import type { Reads } from './reads.ts'
import { databaseFile, dataFolder } from './settings.ts'
import { openReads } from './sqlite/reads/reads.ts'
import type { Sql } from './sqlite/sql.ts'
import { openSqlInProcesses } from './sqlite/sql-in-processes.ts'
import { openSqliteWrites, type SqliteWrites } from './sqlite/writes.ts'

type Opened = { writes?: Promise<SqliteWrites> | undefined; reads?: Promise<Reads> | undefined }
const opened = (): Opened => shared('store', () => ({}))

/**
 * The write interface of this process's store. The first call starts the thread that writes, which makes or migrates the
 * database; a thread that died is started again. @throws if the database cannot be opened.
 */
export async function getWrites(): Promise<SqliteWrites> {
  const before = opened().writes
  const writes = await before
  if (writes !== undefined && !writes.isDead()) return writes
  const problem = writes?.fileProblem() ?? null
  // A writer that is started again would make an empty database.
  if (problem !== null) throw new FileGone(problem)
  // Of several callers that find it dead, the first starts the next one.
  if (opened().writes === before) {
    if (writes !== undefined) log.error('The writing thread has died and is started again.')
    const started = openSqliteWrites(databaseFile(), dataFolder())
    opened().writes = started
    // What was wrong may be mended: the next caller tries again.
    started.catch(() => {
      if (opened().writes === started) opened().writes = undefined
    })
  }
  return opened().writes as Promise<SqliteWrites>
}

/** Starts the process that counts stacks, if there are events, so that the first question does not wait until it has read them all. */
async function warmStacks(sql: Sql): Promise<void> {
  const events = await sql.all('SELECT id FROM event LIMIT 1')
  if (events.length > 0) await sql.stacks.warm()
}

/** The read interface of this process's store. Once opened, it does not need the thread that writes. */
export function getReads(): Promise<Reads> {
  const state = opened()
  if (state.reads === undefined) {
    const started = getWrites().then(() => {
      const sql = noteDamage(openSqlInProcesses(databaseFile()))
      // What stops it stops the first question about stacks too, which says so.
      void warmStacks(sql).catch(() => {})
      return openReads(sql)
    })
    state.reads = started
    started.catch(() => {
      if (state.reads === started) state.reads = undefined
    })
  }
  return state.reads
}

/**
 * Commits what is waiting and closes the store, if it was opened. The thread that writes goes last: with the last connection
 * SQLite moves the write-ahead log into the file.
 */
export async function closeStore(): Promise<void> {
  const { reads, writes } = opened()
  await (await reads)?.close()
  await (await writes)?.close()
}

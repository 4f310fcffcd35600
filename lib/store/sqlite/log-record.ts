import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { log } from '#lib/log/log.ts'
import { printable } from '#lib/log/printable.ts'
import { isStillRunning, ownProcess } from '#lib/process/running.ts'

/** Which files a database had when it was last opened for writing. The file is removed when the database is closed. */
type LogRecord = { process: string; since: string; database: string; log: string }

export const recordFile = (file: string): string => `${file}.open`

/** A file by its number and the time it was made: the number alone is given to the next file after it is deleted. */
function identityOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.ino} ${found.birthtimeNs}`
}

function readRecord(file: string): LogRecord | null {
  try {
    const { process, since, database, log } = JSON.parse(readFileSync(recordFile(file), 'utf8')) as Partial<LogRecord>
    if (typeof process !== 'string' || typeof since !== 'string') return null
    if (typeof database !== 'string' || typeof log !== 'string') return null
    return { process, since: printable(since), database, log }
  } catch {
    // There is none, as after a clean stop, or it is damaged: nothing is known of the log.
    return null
  }
}

/** Notes which files the database has. Call it when the database is open and was written to. */
export function recordLog(file: string): void {
  const [database, wal] = [identityOf(file), identityOf(`${file}-wal`)]
  if (database === null || wal === null) return
  const record: LogRecord = { process: ownProcess(), since: new Date().toISOString(), database, log: wal }
  try {
    writeFileSync(recordFile(file), `${JSON.stringify(record)}\n`)
  } catch (error) {
    log.warn('It could not be noted which write-ahead log the database has.', { file: recordFile(file), error })
  }
}

/** Removes the note. Call it when everything in the log is in the database file as well. */
export const forgetLog = (file: string): void => rmSync(recordFile(file), { force: true })

/** The write-ahead log next to the database belongs to another database. */
export class ForeignLog extends Error {
  override name = 'ForeignLog'
}

/**
 * Compares the files of a database with those it had when the process that used it ended without closing it. Call it
 * before SQLite opens the file. Returns a warning if the write-ahead log is missing, else null.
 * @throws ForeignLog if there is another log, which would be written into the database.
 */
export function checkLog(file: string): string | null {
  const record = readRecord(file)
  if (record === null || isStillRunning(record.process)) return null
  const [database, wal] = [identityOf(file), identityOf(`${file}-wal`)]
  const isSameDatabase = database === record.database
  const isSameLog = wal === record.log
  // Both are other files, as in a data folder that was copied, or the database itself was put in place of another.
  if (isSameDatabase === isSameLog || (!isSameDatabase && wal === null)) return null
  const wasRunning = `ASR Hunt was last running since ${record.since} and was not stopped cleanly.`
  const shown = printable(file)
  if (isSameDatabase && wal === null) {
    return (
      `The write-ahead log ${shown}-wal is missing. ${wasRunning} What was stored last may be lost: uploads that were ` +
      'acknowledged while an export or another reader held the log back, and parts of removals. Check the database ' +
      '(npm run check) and upload the newest logs again, or restore a backup.'
    )
  }
  const problem = isSameDatabase
    ? `${shown}-wal is not the write-ahead log of the database`
    : `The database ${shown} was replaced, and ${shown}-wal is the write-ahead log of the one before`
  throw new ForeignLog(
    `${problem}. ${wasRunning} Opening both together would damage the database, so nothing was opened. Put back the file ` +
      `that was there; or move ${shown}-wal to another folder and start again without what was only in the log; or restore ` +
      'a backup: npm run restore -- FILE',
  )
}

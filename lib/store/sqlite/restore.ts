import { chmodSync, constants, copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { log } from '#lib/log/log.ts'
import { printable } from '#lib/log/printable.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { DamagedDatabase } from '../errors.ts'
import { freeSpace } from '../space.ts'
import { replaceFile } from '../sync.ts'
import { type Content, contentOf, problemsOf } from './backup.ts'
import { allChecks } from './check.ts'
import { checkDamage } from './damage.ts'
import { checkLog, forgetLog } from './log-record.ts'
import { checkFile } from './migrate.ts'

/** Where the database that is replaced is kept. */
export const keptFile = (file: string): string => `${file}.before-restore`
const logOf = (file: string): string => `${file}-wal`
const indexOf = (file: string): string => `${file}-shm`

/** Writes the write-ahead log of a database into its file and removes it. */
function absorbLog(file: string): void {
  const db = new Database(file)
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

/** Copies a backup, with its write-ahead log if it has one. @throws if there is no space for it. */
function copyBackup(backup: string, copy: string): void {
  const { size, mode } = statSync(backup)
  const free = freeSpace(dirname(copy))
  if (size > free)
    throw new Error(
      `The backup needs ${bytesText(size)} in ${dirname(copy)}; ${bytesText(free)} are free. Free some space.`,
    )
  copyFileSync(backup, copy, constants.COPYFILE_FICLONE)
  chmodSync(copy, mode | 0o600)
  if (existsSync(logOf(backup))) copyFileSync(logOf(backup), logOf(copy))
}

/** @throws what is wrong with a backup. */
function checkBackup(copy: string): void {
  checkDamage(copy)
  absorbLog(copy)
  checkFile(copy)
  const problems = problemsOf(copy, allChecks)
  if (problems.length > 0) throw new Error(problems.join('; '))
}

function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }))
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino
}

/** A damaged database, and one with the log of another, keep their log as it is. */
function absorbIfSound(file: string): void {
  try {
    checkLog(file)
    checkDamage(file)
    absorbLog(file)
  } catch (error) {
    log.warn('The database that is replaced cannot be opened. It is kept together with its write-ahead log.', { error })
  }
}

/** Keeps the database under another name, with what is in its log. Until it is replaced it has its own name as well. */
function keep(file: string): void {
  const kept = keptFile(file)
  if (existsSync(file)) {
    absorbIfSound(file)
    rmSync(kept, { force: true })
    try {
      linkSync(file, kept)
    } catch {
      // Not every file system has hard links.
      copyFileSync(file, kept)
    }
  }
  if (existsSync(logOf(file))) renameSync(logOf(file), logOf(kept))
  rmSync(indexOf(file), { force: true })
}

/**
 * Checks a backup and puts it in the place of the database, which is kept as `<file>.before-restore`. The caller has the
 * lock of the data folder. `say` is called before each step. Returns what the restored database contains.
 * @throws what is wrong with the backup; the database is then left as it is.
 */
export function restore(backup: string, file: string, say: (step: string) => void): Content {
  const kept = keptFile(file)
  if ((existsSync(kept) && !isSameFile(kept, file)) || existsSync(logOf(kept)))
    throw new Error(`${printable(kept)} is there from an earlier restore. Move or delete it first.`)
  const copy = `${file}.restoring`
  const remove = () => [copy, logOf(copy), indexOf(copy)].forEach((each) => void rmSync(each, { force: true }))
  remove()
  try {
    say('Copying the backup')
    copyBackup(backup, copy)
    say('Checking it')
    checkBackup(copy)
    // Reading leaves an empty log behind, which is not to be that of the database.
    for (const each of [logOf(copy), indexOf(copy)]) rmSync(each, { force: true })
  } catch (error) {
    remove()
    const reason = error instanceof DamagedDatabase ? `it is damaged: ${error.reason}` : (error as Error).message
    throw new Error(`The backup ${printable(backup)} cannot be restored: ${reason}`, { cause: error })
  }
  say('Installing it')
  keep(file)
  replaceFile(copy, file)
  forgetLog(file)
  return contentOf(file)
}

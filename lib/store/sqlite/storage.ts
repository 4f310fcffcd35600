import { statSync } from 'node:fs'
import { log } from '#lib/log/log.ts'
import { printable } from '#lib/log/printable.ts'
import { DamagedDatabase, FileGone, isDamage, isNoSpace, NoSpace, noSpaceMessage } from '../errors.ts'
import { checkDamage, isCutOff } from './damage.ts'
import { busyTimeout, type Connection, logBytes, openForWriting } from './database.ts'
import { fileProblem, filesOf } from './files.ts'
import { checkFile, makeShrinkable, migrate } from './migrate.ts'
import { openReserve, type Reserve } from './reserve.ts'

/** Bytes of the log after which writing waits for readers, so that it can begin at its start again. */
export const longestLog = 2 * logBytes
/** How long it waits for them at most, in milliseconds; and by which part the log grows until it waits again, if that was in vain. */
const readerWait = 2000
const growthUntilRetry = 1 / 4

/** Opens and migrates the file, on a full disk with what the reserve releases. */
function openMigrated(file: string, dataFolder: string | null, reserve: Reserve): Connection {
  const open = (): Connection => {
    checkDamage(file)
    checkFile(file)
    const db = openForWriting(file)
    try {
      migrate(db, dataFolder)
    } catch (error) {
      db.close()
      throw error
    }
    return makeShrinkable(db)
  }
  try {
    return open()
  } catch (error) {
    if (!isNoSpace(reserve.explain(error))) throw error
    return open()
  }
}

/**
 * Opens the database for writing, with what keeps it safe on the disk: the reserve for a full disk, checkpoints, and the
 * comparison of its files with those that were opened. `most`: bytes of the log after which readers are waited for.
 */
export function openStorage(file: string, dataFolder: string | null, most = longestLog) {
  const reserve = openReserve(dataFolder)
  const db = openMigrated(file, dataFolder, reserve)
  reserve.make()
  const files = filesOf(file)
  /** What SQLite found damaged when something was written. */
  let damage: Error | null = null
  /** Bytes of the file when all of the log was last written back; 0 if an error ended that since. */
  let written = 0
  const pages = (name: string) => db.pragma(name, { simple: true }) as number

  /** Bytes of the file; infinitely many if it is gone or in memory, which others notice. */
  const size = (): number => statSync(file, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY

  /** Bytes by which the file grows when the log is written back. */
  const growth = (): number => pages('page_count') * pages('page_size') - size()

  /**
   * Writes the log back into the file, as far as no reader needs it; what is in the log only is on the disk as well. Readers are waited
   * for so many milliseconds. Returns whether all of it was written back.
   */
  function checkpoint(mode: 'PASSIVE' | 'TRUNCATE' = 'PASSIVE', wait = 0): boolean {
    // SQLite would fill up what was cut off with zeros. The header can be ahead of the length of the file, too: if a reader held back a part
    // of the log, or little space ended a write-back. But only one of all of the log, which the header fits, makes the file shorter.
    if (size() < written && !reserve.isTight() && isCutOff(file))
      damage ??= new DamagedDatabase(printable(file), 'it was cut off while it was open')
    db.pragma(`busy_timeout = ${wait}`)
    try {
      const [result] = db.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number; checkpointed: number }[]
      const isComplete = result !== undefined && result.busy === 0 && result.log === result.checkpointed
      if (isComplete) written = size()
      return isComplete
    } catch (error) {
      written = 0
      log.warn('The write-ahead log could not be written back into the database file.', { error })
      if (isDamage(error)) damage ??= error
      return false
    } finally {
      db.pragma(`busy_timeout = ${busyTimeout}`)
    }
  }

  let tolerated = most
  /**
   * Empties the log if it is too long. Readers that follow one another without a gap always need some of it, so that it would only grow:
   * while this waits nothing is added, and readers that begin need nothing of it once it is written back.
   */
  function limitLog(): void {
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
    if (log > tolerated) tolerated = checkpoint('TRUNCATE', readerWait) ? most : log + most * growthUntilRetry
  }

  /** @throws NoSpace if uploads are refused for want of space. */
  function expectSpace(): void {
    reserve.make()
    if (reserve.isShort()) throw new NoSpace(noSpaceMessage)
  }

  checkpoint()
  return {
    db,
    files,
    checkpoint,
    expectSpace,
    /** Whether what is left of the space is for taking back. */
    isShort: reserve.isShort,
    /** Whether there is so little space that each call must be committed alone. */
    isTight: reserve.isTight,
    /** Call before events are committed. @throws NoSpace if the file could not grow by them */
    expectGrowth: (): void => {
      // The log takes the new pages and the changed ones, and later the file takes the new ones once more.
      if (reserve.isTight()) reserve.expect(3 * growth())
    },
    /**
     * Call after a commit, before anybody hears of it. If it finished something (`isEnd`), the log is written back: the file
     * alone has all of it unless a reader holds the log back. A log that got too long waits for readers and is emptied. The reserve is
     * made again unless it is still needed.
     * @throws FileGone, or what was found damaged: nothing is acknowledged from then on
     */
    confirm: (isEnd: boolean, isReserveNeeded: () => boolean): void => {
      if (isEnd || reserve.isTight()) checkpoint()
      limitLog()
      if (reserve.isMissing() && !isReserveNeeded()) {
        checkpoint('TRUNCATE')
        reserve.make()
      }
      const problem = fileProblem(files)
      if (problem !== null) throw new FileGone(problem)
      if (damage !== null) throw damage
    },
    /** Returns what is to be reported for an error. Releases the reserve if the disk is full. */
    explain: (error: unknown): unknown => {
      if (isDamage(error)) damage ??= error
      return reserve.explain(error)
    },
    /** Writes one page of what is there already, in a transaction. @throws NoSpace, or what was found damaged before */
    probe: (): void => {
      if (damage !== null) throw damage
      expectSpace()
      // Unlike an UPDATE without a change, this is always written.
      db.pragma(`user_version = ${pages('user_version')}`)
    },
  }
}

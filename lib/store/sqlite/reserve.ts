import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { log } from '#lib/log/log.ts'
import { hasCode } from '#lib/thread/error.ts'
import { isNoSpace, NoSpace, noSpaceMessage } from '../errors.ts'
import { freeSpace, reserveFile } from '../space.ts'

const mebibyte = 1024 * 1024
/** Bytes of the reserve: as many, or this share of a small disk. */
const reserve = { most: 16 * mebibyte, share: 1 / 16 }
/** With less free space than this, groups are kept small and are moved into the file at once. */
const tight = 512 * mebibyte

/** With less than this, what the system calls an error of input and output is taken for a full disk. */
const used = mebibyte
/** What SQLite reports if the disk is full and it is not a file of its own that grows. */
const fullCodes = ['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_FSYNC', 'SQLITE_CANTOPEN']

function sizeFor(folder: string): number {
  const { blocks, bsize } = statfsSync(folder)
  return Math.floor(Math.min(reserve.most, blocks * bsize * reserve.share) / mebibyte) * mebibyte
}

/** Writes the reserve. Its bytes are random: a file system that compresses must give it the space as well. */
function writeReserve(folder: string): void {
  const file = `${reserveFile(folder)}.new`
  const handle = openSync(file, 'w', 0o600)
  try {
    const bytes = randomBytes(mebibyte)
    for (let left = sizeFor(folder); left > 0; ) left -= writeSync(handle, bytes, 0, Math.min(left, bytes.length))
    fsyncSync(handle)
  } catch (error) {
    closeSync(handle)
    rmSync(file, { force: true })
    throw error
  }
  closeSync(handle)
  renameSync(file, reserveFile(folder))
}

export type Reserve = ReturnType<typeof openReserve>

/**
 * Keeps some space of the disk of the data folder for the time when it is full: it is released then, so that uploads can be
 * marked as failed and taken back, and nothing else is stored until it could be made again. Without a folder there is no
 * reserve.
 */
export function openReserve(folder: string | null) {
  let isShort = false

  function free(): number {
    try {
      return folder === null ? Number.POSITIVE_INFINITY : freeSpace(folder)
    } catch {
      // The folder is gone. Who compares the files with those that are open says so.
      return Number.POSITIVE_INFINITY
    }
  }
  const isFull = (error: unknown): boolean =>
    isNoSpace(error) || (fullCodes.some((code) => hasCode(error, code)) && free() < used)

  /** Makes the reserve if it is missing. If there is no space for it, the store is short of space. */
  function make(): void {
    if (folder === null || existsSync(reserveFile(folder))) {
      isShort = false
      return
    }
    try {
      writeReserve(folder)
      if (isShort) log.info('There is space again. Uploads are stored.', { folder })
      isShort = false
    } catch (error) {
      if (!isShort) log.error('There is no space left for the reserve. Uploads are refused.', { folder, error })
      isShort = true
    }
  }

  /** Gives the space of the reserve free. */
  function release(): void {
    if (folder === null || isShort) return
    isShort = true
    rmSync(reserveFile(folder), { force: true })
    log.error('The disk is full. Uploads are refused until there is space again.', { folder, free: free() })
  }

  return {
    make,
    release,
    isShort: (): boolean => isShort,
    /** Whether so little is free that a group must be stored completely before the next begins. */
    isTight: (): boolean => free() < tight,
    /** @throws NoSpace if so many bytes are not free. */
    expect: (bytes: number): void => {
      if (free() < bytes) throw new NoSpace(noSpaceMessage)
    },
    /** Returns the error to report: NoSpace instead of what SQLite or the system call it. Then the reserve is released. */
    explain: (error: unknown): unknown => {
      if (!isFull(error)) return error
      release()
      return error instanceof NoSpace ? error : new NoSpace(noSpaceMessage, { cause: error })
    },
  }
}

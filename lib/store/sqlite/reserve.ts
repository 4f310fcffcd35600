import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { log } from '#lib/log/log.ts'
import { hasCode } from '#lib/thread/error.ts'
import { isNoSpace, NoSpace, noSpaceMessage } from '../errors.ts'
import { reserveFile, reserveSize, spaceOf, tightSpace } from '../space.ts'

const mebibyte = 1024 * 1024
/** With less than this, what the system calls an error of input and output is taken for a full disk. */
const used = mebibyte
/** What SQLite reports if the disk is full and it is not a file of its own that grows. */
const fullCodes = ['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_FSYNC', 'SQLITE_CANTOPEN']

/** Writes the reserve. Its bytes are random: a file system that compresses must give it the space as well. */
function writeReserve(folder: string): void {
  const file = `${reserveFile(folder)}.new`
  const handle = openSync(file, 'w', 0o600)
  try {
    const bytes = randomBytes(mebibyte)
    for (let left = reserveSize(folder); left > 0; ) left -= writeSync(handle, bytes, 0, Math.min(left, bytes.length))
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
 * marked as failed and taken back. Without a folder there is no reserve.
 */
export function openReserve(folder: string | null) {
  let isSaid = false
  const free = (): number => (folder === null ? null : spaceOf(folder).free) ?? Number.POSITIVE_INFINITY
  const isMissing = (): boolean => folder !== null && !existsSync(reserveFile(folder))
  const isFull = (error: unknown): boolean =>
    isNoSpace(error) || (fullCodes.some((code) => hasCode(error, code)) && free() < used)

  function release(): void {
    if (folder === null || isMissing()) return
    rmSync(reserveFile(folder), { force: true })
    log.error('The disk is full. Uploads are refused until there is space again.', { folder, free: free() })
  }

  return {
    isMissing,
    /** Makes the reserve if it is missing and there is space for it. */
    make: (): void => {
      if (folder === null || !isMissing() || free() < reserveSize(folder)) return
      try {
        writeReserve(folder)
        isSaid = false
      } catch (error) {
        if (!isSaid) log.warn('The reserve cannot be written. Uploads are refused.', { folder, error })
        isSaid = true
      }
    },
    /** Whether uploads are refused: what is left is for taking back. */
    isShort: (): boolean => folder !== null && !spaceOf(folder).ok,
    /** Whether so little is free that a group must be stored completely before the next begins. */
    isTight: (): boolean => free() < tightSpace,
    /** @throws NoSpace if so many bytes are not free. */
    expect: (bytes: number): void => {
      if (free() < bytes) throw new NoSpace(noSpaceMessage)
    },
    /** Returns the error to report: NoSpace instead of what SQLite or the system call it. Then the reserve is released. */
    explain: (error: unknown): unknown => {
      if (error instanceof NoSpace || !isFull(error)) return error
      release()
      return new NoSpace(noSpaceMessage, { cause: error })
    },
  }
}

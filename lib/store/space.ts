import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

/** Space of the disk of the data folder: bytes that are free, null if unknown, and whether uploads can be stored. */
export type Space = { free: number | null; ok: boolean }

/** A file that only takes up space, so that there is some to take an upload back when the disk is full. */
export const reserveFile = (folder: string): string => join(folder, 'asr-hunt.reserve')

/** Bytes that this user can still write to the disk of a folder. @throws if there is no such folder. */
export function freeSpace(folder: string): number {
  const { bavail, bsize } = statfsSync(/* turbopackIgnore: true */ folder)
  return bavail * bsize
}

/** The space of a data folder that is in use. The reserve is missing as long as there is no space. */
export function spaceOf(folder: string): Space {
  try {
    return { free: freeSpace(folder), ok: existsSync(/* turbopackIgnore: true */ reserveFile(folder)) }
  } catch {
    // The folder is gone: what is missing is not space.
    return { free: null, ok: true }
  }
}

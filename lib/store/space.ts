import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Space } from '#lib/model/state.ts'

const mebibyte = 1024 * 1024
/** Bytes of the reserve: as many, or this share of a small disk. */
const reserve = { most: 16 * mebibyte, share: 1 / 16 }

/** With less free space than this, groups are kept small and moved into the file at once, and nothing is kept of an undo. */
export const tightSpace = 512 * mebibyte

/** A file that only takes up space, so that there is some to take an upload back when the disk is full. */
export const reserveFile = (folder: string): string => join(folder, 'asr-hunt.reserve')

/** Bytes that the reserve should have. @throws if there is no such folder. */
export function reserveSize(folder: string): number {
  const { blocks, bsize } = statfsSync(/* turbopackIgnore: true */ folder)
  return Math.floor(Math.min(reserve.most, blocks * bsize * reserve.share) / mebibyte) * mebibyte
}

/** Bytes that this user can still write to the disk of a folder. @throws if there is no such folder. */
export function freeSpace(folder: string): number {
  const { bavail, bsize } = statfsSync(/* turbopackIgnore: true */ folder)
  return bavail * bsize
}

/** The space of a data folder that is in use: uploads are accepted if the reserve is there and as much again is free. */
export function spaceOf(folder: string): Space {
  try {
    const free = freeSpace(folder)
    return { free, ok: free >= reserveSize(folder) && existsSync(/* turbopackIgnore: true */ reserveFile(folder)) }
  } catch {
    // The folder is gone: what is missing is not space.
    return { free: null, ok: true }
  }
}

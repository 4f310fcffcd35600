import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags)
  fsyncSync(handle)
  closeSync(handle)
}

/** Syncs the content of a file to disk. */
export const syncFile = (file: string): void => sync(file, 'r+')

/** Syncs a folder to disk: which files it has. Windows cannot, and need not. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') sync(folder, 'r')
}

/** Puts a file in the place of another. It is there completely or not at all, also after the machine lost its power. */
export function replaceFile(file: string, target: string): void {
  syncFile(file)
  renameSync(file, target)
  syncFolder(dirname(target))
}

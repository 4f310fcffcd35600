import { accessSync, constants } from 'node:fs'
import { printable } from '#lib/log/printable.ts'

/** Files of SQLite next to the database, which it must be able to write too. */
const besides = ['', '-wal', '-shm']

/** Why nothing can be written to the data folder, in a message for the user; null if it can, or does not exist yet. */
export function readOnlyProblem(folder: string, databaseFile: string): string | null {
  for (const path of [folder, ...besides.map((suffix) => databaseFile + suffix)]) {
    try {
      accessSync(path, constants.W_OK)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') continue
      const why = code === 'EROFS' ? 'it is on a read-only file system' : 'this user may not write to it'
      const what = path === folder ? 'The data folder' : 'The database'
      return `${what} ${printable(path)} cannot be written to: ${why}. Run this as the user of the data folder, or set DATA_DIR to another folder.`
    }
  }
  return null
}

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { incomingFolder } from '#lib/ingest/incoming.ts'
import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import { reserveFile } from '#lib/store/space.ts'
import { hasCode } from '#lib/thread/error.ts'
import { diskSpace } from './health.ts'

/** Bytes of a file; 0 if there is none, or none any more. */
async function bytesOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0
    throw error
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).map((name) => join(folder, name))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  }
}

async function sumOf(files: readonly string[]): Promise<number> {
  let sum = 0
  for (const file of files) sum += await bytesOf(file)
  return sum
}

/** What the data folder has on its disk, in bytes. */
export async function diskUse() {
  const database = databaseFile()
  return {
    folder: dataFolder(),
    database: await sumOf(['', '-wal', '-shm'].map((ending) => `${database}${ending}`)),
    incoming: await sumOf(await filesIn(incomingFolder())),
    reserve: await bytesOf(reserveFile(dataFolder())),
    space: diskSpace(),
  }
}

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { incomingFolder } from '#lib/ingest/incoming.ts'
import { log } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import { getReads, getWrites } from '#lib/store/open.ts'
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

/** Milliseconds that a sender waits until room is made. */
const roomPatience = 15_000

/** Bytes that are kept of undone uploads and could go: not those that are being removed or restored. */
export const keptBytes = async (): Promise<number> =>
  (await (await getReads()).removed()).reduce((sum, { state, bytes }) => sum + (state === 'kept' ? bytes : 0), 0)

/**
 * Lets so many bytes of what is kept of undone uploads go, the oldest first, unless there are fewer. Waits until they are free, but not for
 * long. The audit log names `by`.
 */
export async function makeRoom(bytes: number, by: By): Promise<void> {
  log.info('What is kept of undone uploads goes, the oldest first, to make room for a log.', { bytes })
  const made = (await getWrites()).makeRoom(bytes, by)
  made.catch((error) => log.warn('No room could be made for a log.', { error }))
  await Promise.race([made.catch(() => {}), wait(roomPatience, undefined, { ref: false })])
}

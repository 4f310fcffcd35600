import { readdirSync, rmSync } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dayLength, hourLength } from '#lib/asr/hours.ts'
import { log } from '#lib/log/log.ts'
import { dataFolder } from '#lib/store/settings.ts'

/** How long a log that was begun waits for its rest, in milliseconds. */
export const expiresAfter = dayLength
/** A file whose other half is missing is removed after this many milliseconds. */
const orphanAfter = hourLength

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Whether a text is the id of an upload, and so safe as the name of a file. */
export const isUploadId = (text: string): boolean => uuid.test(text)

/** Where logs that are sent in pieces wait until they are read, and where a ZIP is while it is unpacked. */
export const incomingFolder = (): string => join(dataFolder(), 'incoming')

/** A log that is sent in pieces: how many bytes it will have, how many are there, and whose it is. */
export type IncomingLog = { id: string; size: number; offset: number; client: string; created: number }

const pathOf = (id: string): string => join(incomingFolder(), id)

/** The log of this id; null if there is none, or if its description cannot be read. */
async function readIncoming(id: string): Promise<IncomingLog | null> {
  try {
    const text = await readFile(`${pathOf(id)}.json`, 'utf8')
    const { size, metadata, creation_date } = JSON.parse(text) as Record<string, unknown>
    const { size: offset } = await stat(pathOf(id))
    const client = (metadata as { client?: unknown } | undefined)?.client
    if (typeof size !== 'number') return null
    return {
      id,
      size,
      offset,
      client: typeof client === 'string' ? client : '',
      created: Date.parse(String(creation_date)) || 0,
    }
  } catch {
    // Half of it is missing or damaged: the sweep removes it.
    return null
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Every log that is in the folder, complete or not. */
export async function incomingLogs(): Promise<IncomingLog[]> {
  const ids = (await filesIn(incomingFolder())).filter(isUploadId)
  const logs: IncomingLog[] = []
  for (const id of ids) {
    const found = await readIncoming(id)
    if (found !== null) logs.push(found)
  }
  return logs
}

/** Whether the bytes of a log, or some of them, are in the folder. */
export const isIncoming = async (id: string): Promise<boolean> =>
  isUploadId(id) && (await stat(pathOf(id)).catch(() => null)) !== null

const attemptsOf = (id: string): string => `${pathOf(id)}.attempts`

/** Counts that a log is begun to be read, and returns how often that was. The count outlives a crash. */
export async function countAttempt(id: string): Promise<number> {
  const before = Number(await readFile(attemptsOf(id), 'utf8').catch(() => '0'))
  const attempts = (Number.isSafeInteger(before) ? before : 0) + 1
  await writeFile(attemptsOf(id), String(attempts))
  return attempts
}

/** Forgets how often a log was begun to be read. */
export const forgetAttempts = (id: string): Promise<void> => rm(attemptsOf(id), { force: true })

export const isComplete = ({ size, offset }: IncomingLog): boolean => offset >= size

/** The ids of logs whose bytes are all there. */
export const completeLogs = async (): Promise<string[]> => (await incomingLogs()).filter(isComplete).map(({ id }) => id)

/** Removes the bytes of a log, if they are there, so that it is not read (again). */
export async function forgetIncoming(id: string): Promise<void> {
  if (!isUploadId(id)) return
  // The bytes first: what is left of a log without them is never read.
  for (const path of [pathOf(id), `${pathOf(id)}.json`, attemptsOf(id)]) await rm(path, { force: true })
}

/**
 * Removes logs that were begun and not completed within a day, and halves of what was being created or removed when a
 * process died: those from before `started`, and older ones. Returns the ids of the logs that it removed.
 */
export async function sweepIncoming(started: number): Promise<string[]> {
  const logs = new Map((await incomingLogs()).map((each) => [each.id, each]))
  const isExpired = (each: IncomingLog): boolean => !isComplete(each) && Date.now() - each.created > expiresAfter
  const expired = [...logs.values()].filter(isExpired).map(({ id }) => id)
  for (const id of expired) await forgetIncoming(id)
  for (const file of await filesIn(incomingFolder())) {
    const id = file.replace(/\.(json|attempts)$/, '')
    if (!isUploadId(id) || logs.has(id)) continue
    const path = join(incomingFolder(), file)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (mtimeMs < Math.max(started, Date.now() - orphanAfter)) await rm(path, { force: true })
  }
  if (expired.length > 0) log.info('Logs that were not sent to their end within a day were removed.', { expired })
  return expired
}

/** Removes archives that a dead process was unpacking. Call it before this process unpacks any. */
export function removeSpools(): void {
  try {
    for (const file of readdirSync(incomingFolder())) {
      if (file.endsWith('.zip')) rmSync(join(incomingFolder(), file), { force: true })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn('Archives of the last run could not be removed.', { error })
  }
}

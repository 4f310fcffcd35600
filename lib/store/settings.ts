import { join, resolve } from 'node:path'
import { readNumbers } from '#lib/process/number-settings.ts'

/** The folder of the project: every entry point runs from it. */
export const projectFolder = process.cwd()

/** The folder of the data: DATA_DIR, by default ./data. */
export const dataFolder = (): string =>
  resolve(/* turbopackIgnore: true */ projectFolder, process.env.DATA_DIR || 'data')

/** The SQLite file. @throws if DATABASE_URL asks for a store that this version does not have. */
export function databaseFile(): string {
  const url = process.env.DATABASE_URL
  if (url)
    throw new Error(`DATABASE_URL is set to ${url.split(':')[0]}:…; this version stores in SQLite only. Unset it.`)
  return join(dataFolder(), 'asr-hunt.db')
}

/** Hours for which what an undo removed is kept: UNDO_KEEP_HOURS, by default 24; 0 keeps nothing. @throws if it is not a number from 0 on */
export function undoKeepHours(): number {
  const given = process.env.UNDO_KEEP_HOURS
  const hours = given ? Number(given) : 24
  if (hours >= 0 && hours <= 8760) return hours
  throw new Error(
    `UNDO_KEEP_HOURS is ${JSON.stringify(given)}. Give the hours for which an undo can be reversed, from 0 to 8760, such as 24.`,
  )
}

/** The quota of uploads: logs that are being sent in pieces, together with what is kept of undone uploads. */
export const quota = { name: 'INCOMING_MAX_BYTES', value: 256 * 1024 ** 3 } as const

/** The quota in bytes. @throws if the setting is not a number above 0 */
export const quotaBytes = (): number => readNumbers({ quota }, process.env).quota

/** Seconds that a question may take: QUERY_SECONDS, by default 60. @throws if the setting is not a number above 0. */
export function querySeconds(): number {
  const given = process.env.QUERY_SECONDS
  const seconds = given ? Number(given) : 60
  if (seconds > 0 && seconds <= 86_400) return seconds
  throw new Error(
    `QUERY_SECONDS is ${JSON.stringify(given)}. Give the seconds that a question may take, from 1 to 86400, such as 60.`,
  )
}

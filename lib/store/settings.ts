import { join, resolve } from 'node:path'

/** The folder of the project: every entry point runs from it. */
export const projectFolder = process.cwd()

/** Where the data lies: DATA_DIR, by default ./data. */
export const dataFolder = (): string =>
  resolve(/* turbopackIgnore: true */ projectFolder, process.env.DATA_DIR || 'data')

/** The SQLite file. @throws where DATABASE_URL asks for a store that this version does not have. */
export function databaseFile(): string {
  const url = process.env.DATABASE_URL
  if (url)
    throw new Error(`DATABASE_URL is set to ${url.split(':')[0]}:…; this version stores in SQLite only. Unset it.`)
  return join(dataFolder(), 'asr-hunt.db')
}

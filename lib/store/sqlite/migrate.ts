import { hash } from 'node:crypto'
import { constants, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'
import { detections } from '#lib/asr/detections.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { log } from '#lib/log/log.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { readAttack, readRules } from '../lookups.ts'
import { projectFolder } from '../settings.ts'
import { freeSpace } from '../space.ts'
import { replaceFile, syncFile } from '../sync.ts'
import { type Connection, openForWriting } from './database.ts'
import { hashOf } from './hash.ts'

const sqlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => join(folder, file))

/** Tables that are recreated at every start, from db/sqlite/lookups.sql. */
const lookups = ['asr_rule', 'detection', 'attack']

const folder = join(projectFolder, 'db/sqlite')
const migrationFiles = (): string[] => sqlFiles(join(folder, 'migrations'))

const versionOf = (db: Connection): number => db.pragma('user_version', { simple: true }) as number

/** Whether the tables of a database are those of this version. */
export const isCurrent = (db: Connection): boolean => versionOf(db) === migrationFiles().length

/** A hash of the tables and indexes of a database, without those that are recreated at every start. */
export function schemaHash(db: Connection): string {
  const rows = db
    .prepare<[], { name: string; tbl_name: string; sql: string }>(
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all()
    .filter(({ tbl_name }) => !lookups.includes(tbl_name))
  return hash('sha256', JSON.stringify(rows.map(({ name, sql }) => [name, sql])))
}

/** The hash that the schema of a version must have. */
export function expectedHash(version: number): string {
  const db = new Database(':memory:')
  applySteps(db, 0, version)
  const hash = schemaHash(db)
  db.close()
  return hash
}

/** The stack key as the function stack_key() of the migrations: null for a missing value. */
function stackKeyOf(
  ...[detection, dest, code, rule, process, path, command, old, after, oldState, newState]: unknown[]
): Buffer {
  const fields = Object.values(detections).find(({ numbers }) => numbers.includes(Number(detection)))?.by ?? []
  const values: Record<string, unknown> = {
    dest,
    EventCode: String(code),
    ID: rule,
    ASR_ID: rule,
    Process_Name: process,
    Path: path,
    Parent_Commandline: command,
    Target_Commandline: command,
    Old_Value: old,
    New_Value: after,
    Old_Registry_Value: oldState,
    New_Registry_Value: newState,
  }
  return Buffer.from(
    stackKey(
      fields,
      fields.map((field) => values[field] as string | null),
    ),
    'base64url',
  )
}

/** Runs the migrations of the versions after `from` up to `to`. */
export function applySteps(db: Connection, from: number, to: number): void {
  db.function('stack_key', { deterministic: true, varargs: true }, stackKeyOf)
  for (const file of migrationFiles().slice(from, to)) db.exec(readFileSync(file, 'utf8'))
  db.pragma(`user_version = ${to}`)
}

/** What an upgrade needs of the disk: the backup, the rewritten tables and the final rewrite of the file, each its size. */
const sizesNeeded = 3

/** @throws if the folder of a database file has no room for its backup and upgrade. */
export function checkSpace(file: string, freeIn = freeSpace): void {
  const folder = dirname(file)
  const needed = statSync(file).size * sizesNeeded
  const free = freeIn(folder)
  if (free >= needed) return
  throw new Error(
    `The database must be upgraded, which needs ${bytesText(needed)} of free space in ${folder}; ${bytesText(free)} are free. ` +
      'Free some space and start again. The database was left as it is.',
  )
}

/** Copies the database file to `<file>.before-upgrade`, replacing an older copy, and syncs the copy to disk. */
function backUp(db: Connection, freeIn: typeof freeSpace): void {
  const copy = `${db.name}.before-upgrade`
  const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  if (checkpoint?.busy !== 0)
    throw new Error(
      'Another program reads the database, so that it cannot be backed up and upgraded. End it and start again.',
    )
  checkSpace(db.name, freeIn)
  db.transaction(() => copyFileSync(db.name, `${copy}.tmp`, constants.COPYFILE_FICLONE)).immediate()
  replaceFile(`${copy}.tmp`, copy)
}

/** Refuses a database that this program cannot upgrade, before anything is changed. */
function checkVersion(db: Connection, latest: number): number {
  const version = versionOf(db)
  if (version > latest) {
    throw new Error(`The database is at version ${version}, this program knows ${latest}: use a newer one.`)
  }
  if (schemaHash(db) === expectedHash(version)) return version
  throw new Error(
    `The database says it is at version ${version}, but its tables are not those of any released version. It was left as ` +
      'it is. Open it with the program that made it, or move the file out of the data folder to start a new one.',
  )
}

/**
 * Refuses a database file that this program cannot use, before it is opened for writing, which may already change it.
 * @throws if it was written by a newer version or has an unknown schema. A file that does not exist is fine.
 */
export function checkFile(file: string): void {
  if (!existsSync(/* turbopackIgnore: true */ file)) return
  const db = new Database(file, { readonly: true })
  try {
    checkVersion(db, migrationFiles().length)
  } finally {
    db.close()
  }
}

/**
 * Brings a database up to date: numbered migrations once each, after a backup, then views and lookups, which are recreated.
 * Only the writer calls it. `freeIn` returns the free bytes of the disk of a folder. @throws if the file was written by a
 * newer version, has an unknown schema, or cannot be backed up; it is then left as it was.
 */
export function migrate(db: Connection, dataFolder: string | null = null, freeIn = freeSpace): void {
  const latest = migrationFiles().length
  const version = checkVersion(db, latest)
  if (version > 0 && version < latest) {
    log.info('The database is being upgraded. A large one takes minutes.', { from: version, to: latest })
    backUp(db, freeIn)
  }
  // A table that others reference can only be rebuilt while references are not enforced.
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    dropViews(db)
    if (version < latest) applySteps(db, version, latest)
    loadLookups(db, dataFolder)
    for (const view of sqlFiles(join(folder, 'views'))) db.exec(readFileSync(view, 'utf8'))
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (version < latest && broken.length > 0) throw new Error(`${broken.length} rows reference a row that is missing.`)
  }).exclusive()
  db.pragma('foreign_keys = ON')
}

/** SQLite's number for auto_vacuum = INCREMENTAL. */
const incremental = 2

/**
 * Rewrites a file that cannot return free pages to the disk, which SQLite can only change by a rewrite. Closes the connection
 * and returns one to the new file. The copy is made next to the file and then put in its place. If that fails, the file is
 * used as it is and rewritten at the next start.
 */
export function makeShrinkable(db: Connection): Connection {
  if (db.pragma('auto_vacuum', { simple: true }) === incremental) return db
  const file = db.name
  const copy = `${file}.rewritten`
  try {
    rmSync(copy, { force: true })
    db.pragma('auto_vacuum = INCREMENTAL')
    db.prepare('VACUUM INTO ?').run(copy)
    syncFile(copy)
  } catch (error) {
    log.warn('The database could not be rewritten. It works, but does not get smaller.', { error })
    rmSync(copy, { force: true })
    return db
  }
  db.close()
  replaceFile(copy, file)
  return openForWriting(file)
}

function dropViews(db: Connection): void {
  const views = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'view'").all()
  for (const { name } of views) db.exec(`DROP VIEW "${name}"`)
}

function loadLookups(db: Connection, dataFolder: string | null): void {
  db.exec(readFileSync(join(projectFolder, 'db/sqlite/lookups.sql'), 'utf8'))
  loadRules(db, dataFolder)
  loadDetections(db, detectionTable)
  const attack = db.prepare('INSERT INTO attack VALUES (:technique, :name, :tactic, :attack_version)')
  for (const row of readAttack()) attack.run(row)
}

/** Writes the rules of the lookup files into the lookup table `asr_rule`; those that are in it already are replaced. */
export function loadRules(db: Connection, dataFolder: string | null): void {
  const rule = db.prepare(`INSERT OR REPLACE INTO asr_rule (ID, hash, ASR_Rule, short, standard, warn_mode, techniques)
    VALUES (:ID, :hash, :ASR_Rule, :short, :standard, :warnMode, :techniques)`)
  for (const { standard, warnMode, ...row } of readRules(dataFolder).values())
    rule.run({ ...row, hash: hashOf(row.ID), standard: standard ? 1 : 0, warnMode: warnMode ? 1 : 0 })
}

/** Writes the detections into the lookup table `detection`. */
export function loadDetections(db: Connection, table: readonly DetectionEntry[]): void {
  const add = db.prepare(`INSERT INTO detection VALUES
    (:number, :view, :search, :type, :riskScore, :message, :story, :techniques)`)
  for (const { number, view, search, type, riskScore, message, story, techniques } of table)
    add.run({ number, view, search, type, riskScore, message, story, techniques: techniques.join(' ') })
}

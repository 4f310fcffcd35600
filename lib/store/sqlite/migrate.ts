import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'
import { normaliseGuid } from '#lib/asr/canonical.ts'
import { projectFolder } from '../settings.ts'
import { type Connection, openForWriting } from './database.ts'
import { hashOf } from './hash.ts'

const sqlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => join(folder, file))

type CsvRow = Record<string, string>

const readCsv = (file: string): CsvRow[] =>
  parse(readFileSync(file), { columns: true, bom: true, relax_column_count: true })

/**
 * Brings a database up to date: numbered migrations once each, then views and lookups made anew, so that a changed
 * view or lookup needs no migration. @throws where the file was written by a newer version.
 */
export function migrate(db: Connection, dataFolder: string | null = null): void {
  const folder = join(projectFolder, 'db/sqlite')
  const migrations = sqlFiles(join(folder, 'migrations'))
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) {
      throw new Error(
        `The database is at version ${version}, this program knows ${migrations.length}: use a newer one.`,
      )
    }
    for (const file of migrations.slice(version)) db.exec(readFileSync(file, 'utf8'))
    db.pragma(`user_version = ${migrations.length}`)
    dropViews(db)
    loadLookups(db, dataFolder)
    for (const file of sqlFiles(join(folder, 'views'))) db.exec(readFileSync(file, 'utf8'))
  }).exclusive()
}

/** Makes the database file where it is missing, and migrates it. */
export function prepareDatabase(file: string, dataFolder: string): void {
  const db = openForWriting(file)
  migrate(db, dataFolder)
  db.close()
}

function dropViews(db: Connection): void {
  const views = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'view'").all()
  for (const { name } of views) db.exec(`DROP VIEW "${name}"`)
}

function loadLookups(db: Connection, dataFolder: string | null): void {
  const folder = join(projectFolder, 'db/lookup')
  db.exec(readFileSync(join(projectFolder, 'db/sqlite/lookups.sql'), 'utf8'))
  const rule = db.prepare(`INSERT OR REPLACE INTO asr_rule (ID, hash, ASR_Rule, short, standard, warn_mode, techniques)
    VALUES (:ID, :hash, :ASR_Rule, :short, :standard_protection, :warn_mode, :techniques)`)
  const own = dataFolder === null ? '' : join(dataFolder, 'lookup/asr_rules.csv')
  for (const file of [join(folder, 'asr_rules.csv'), own]) {
    if (file !== '' && existsSync(/* turbopackIgnore: true */ file))
      for (const row of readCsv(file)) rule.run(ruleRow(row, file))
  }
  loadDetections(db, detectionTable)
  const attack = db.prepare('INSERT INTO attack VALUES (:technique, :name, :tactic, :attack_version)')
  for (const row of readCsv(join(folder, 'attack.csv'))) attack.run(row)
}

/** Writes the detections into the lookup table `detection`. */
export function loadDetections(db: Connection, table: readonly DetectionEntry[]): void {
  const add = db.prepare(`INSERT INTO detection VALUES
    (:number, :view, :search, :type, :riskScore, :message, :story, :techniques)`)
  for (const { number, view, search, type, riskScore, message, story, techniques } of table)
    add.run({ number, view, search, type, riskScore, message, story, techniques: techniques.join(' ') })
}

function ruleRow(row: CsvRow, file: string): Record<string, string | number> {
  if (!row.ID || !row.ASR_Rule)
    throw new Error(`${file}: each row needs an ID and an ASR_Rule, found ${JSON.stringify(row)}`)
  const ID = normaliseGuid(row.ID)
  return {
    ID,
    hash: hashOf(ID),
    ASR_Rule: row.ASR_Rule,
    short: row.short || row.ASR_Rule.replace(/^Block /, ''),
    standard_protection: row.standard_protection || '0',
    warn_mode: row.warn_mode || '0',
    techniques: row.techniques || '',
  }
}

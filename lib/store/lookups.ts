import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { normaliseGuid } from '#lib/asr/guid.ts'
import { projectFolder } from './settings.ts'
import { replaceFile } from './sync.ts'

/** A rule of the lookup. `techniques` are ids with a blank between them. */
export type LookupRule = {
  ID: string
  ASR_Rule: string
  short: string
  standard: boolean
  warnMode: boolean
  techniques: string
}

type CsvRow = Record<string, string>

const folder = join(projectFolder, 'db/lookup')
const readCsv = (file: string): CsvRow[] =>
  parse(readFileSync(file), { columns: true, bom: true, relax_column_count: true })

const ownFile = (dataFolder: string): string => join(dataFolder, 'lookup/asr_rules.csv')

/**
 * The rules of the lookup by their ID: those of db/lookup, and those of an administrator's own `lookup/asr_rules.csv` in the
 * data folder, which count if both have a rule. @throws if a row has no ID or no name
 */
export function readRules(dataFolder: string | null): Map<string, LookupRule> {
  const own = dataFolder === null ? '' : ownFile(dataFolder)
  const files = [join(folder, 'asr_rules.csv'), own].filter(
    (file) => file !== '' && existsSync(/* turbopackIgnore: true */ file),
  )
  const rules = files.flatMap((file) => readCsv(file).map((row) => ruleOf(row, file)))
  return new Map(rules.map((rule) => [rule.ID, rule]))
}

/**
 * Adds a rule to the lookup of the data folder, or changes its name there; other rows and columns are kept. The file is
 * replaced as a whole: it has the old rows or the new ones, also after a power failure. @throws if it cannot be written
 */
export function nameOwnRule(dataFolder: string, ID: string, name: string): void {
  const file = ownFile(dataFolder)
  const rows = existsSync(/* turbopackIgnore: true */ file) ? readCsv(file) : []
  const found = rows.find((row) => normaliseGuid(row.ID ?? '') === ID)
  // Without a short form of its own, the name is shortened.
  if (found === undefined) rows.push({ ID, ASR_Rule: name })
  else Object.assign(found, { ASR_Rule: name, ...(found.short === undefined ? {} : { short: '' }) })
  const columns = [...new Set(['ID', 'ASR_Rule', ...rows.flatMap((row) => Object.keys(row))])]
  mkdirSync(join(dataFolder, 'lookup'), { recursive: true })
  writeFileSync(`${file}.part`, stringify(rows, { header: true, columns }))
  replaceFile(`${file}.part`, file)
}

function ruleOf(row: CsvRow, file: string): LookupRule {
  const { ID, ASR_Rule, short, standard_protection, warn_mode, techniques } = row
  if (!ID || !ASR_Rule) throw new Error(`${file}: each row needs an ID and an ASR_Rule, found ${JSON.stringify(row)}`)
  return {
    ID: normaliseGuid(ID),
    ASR_Rule,
    short: short || ASR_Rule.replace(/^Block /, ''),
    standard: standard_protection === '1',
    warnMode: warn_mode === '1',
    techniques: techniques || '',
  }
}

/** The tactics of the ATT&CK techniques that the detections name. */
export const readAttack = (): { technique: string; name: string; tactic: string; attack_version: string }[] =>
  readCsv(join(folder, 'attack.csv')) as ReturnType<typeof readAttack>

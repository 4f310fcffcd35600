import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { normaliseGuid } from '#lib/asr/guid.ts'
import { projectFolder } from './settings.ts'

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

/**
 * The rules of the lookup by their ID: those of db/lookup, and those of an administrator's own `lookup/asr_rules.csv` in the
 * data folder, which count if both have a rule. @throws if a row has no ID or no name
 */
export function readRules(dataFolder: string | null): Map<string, LookupRule> {
  const own = dataFolder === null ? '' : join(dataFolder, 'lookup/asr_rules.csv')
  const files = [join(folder, 'asr_rules.csv'), own].filter(
    (file) => file !== '' && existsSync(/* turbopackIgnore: true */ file),
  )
  const rules = files.flatMap((file) => readCsv(file).map((row) => ruleOf(row, file)))
  return new Map(rules.map((rule) => [rule.ID, rule]))
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

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { ruleByAction } from '#db/lookup/action-types.ts'
import { readHunting } from '#lib/formats/defender-hunting/record.ts'
import { ruleOfAction } from '#lib/formats/defender-hunting/rule-of-action.ts'

const rulesTable = join(import.meta.dirname, '../../../db/lookup/asr_rules.csv')
const ruleIDs = (): string[] => parse(readFileSync(rulesTable), { from_line: 2 }).map(([id = '']: string[]) => id)
const row = { Timestamp: '2026-11-02T16:29:48Z', DeviceName: 'pc-7', ActionType: 'AsrRansomwareBlocked' }
const sectionsOf = (fields: object) => {
  const verdict = readHunting({ ...row, ...fields }, { tz: 'UTC' })
  return verdict.kind === 'event' ? Object.fromEntries(verdict.event.sections.EventData ?? []) : null
}

test('every ActionType names a rule that we know, and all rules but the one for Exchange have one', () => {
  const rules = new Set(ruleIDs())
  const named = new Set(Object.values(ruleByAction))
  for (const id of named) assert.ok(rules.has(id), id)
  assert.deepEqual(
    [...rules].filter((id) => !named.has(id)),
    ['A8F5898E-1DC8-49A9-9878-85004B8A61E6'],
  )
  assert.equal(ruleOfAction('AsrSafeModeReboot'), ruleOfAction('AsrSafeModeRebooted'))
})

test('the rule is that of AdditionalFields in any spelling, as JSON or as its text, else that of the ActionType', () => {
  const byAction = 'C1DB55AB-C21A-4637-BB3F-A12568109D35'
  for (const [AdditionalFields, ID] of [
    ['{"RuleId":"x"}', 'x'],
    ['{"Ruleid":"x"}', 'x'],
    [{ RuleId: 'x' }, 'x'],
    ['{"RuleId":', byAction],
    ['', byAction],
    [null, byAction],
  ]) {
    assert.equal(sectionsOf({ AdditionalFields })?.ID, ID)
  }
})

test('folder and file make one path, whether the folder has the file in it or not', () => {
  assert.equal(sectionsOf({ FolderPath: 'C:\\a', FileName: 'b.exe' })?.Path, 'C:\\a\\b.exe')
  assert.equal(sectionsOf({ FolderPath: 'C:\\a\\B.exe', FileName: 'b.exe' })?.Path, 'C:\\a\\B.exe')
  assert.equal(sectionsOf({ FileName: 'b.exe' })?.Path, 'b.exe')
})

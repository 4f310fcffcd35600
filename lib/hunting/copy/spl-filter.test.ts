import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { detectionKeys } from '#lib/asr/detections.ts'
import { filterMacro } from './spl-filter.ts'
import { equals, hostileSelections, wildcard } from './testing.ts'
import { splStrings } from './testing-spl.ts'

const definition = (...given: Parameters<typeof filterMacro>): string =>
  /^\[\w+\]\ndefinition = (.*)\n$/.exec(filterMacro(...given).text)?.[1] ?? ''

test('the macro is that of the search', () => {
  for (const key of detectionKeys) {
    const spl = readFileSync(join(import.meta.dirname, '../../../db/lookup/spl', `${key}.spl`), 'utf8')
    const [, name] = /^\[(\w+)\]\n/.exec(filterMacro(key, []).text) ?? []
    assert.ok(spl.trimEnd().endsWith(`\`${name}\``), `${key}: ${name}`)
  }
})

test('patterns are alternatives of which each leaves out rows by fields of the search', () => {
  assert.equal(
    definition('audit', [
      [wildcard('dest', 'kiosk-*'), equals('Process_Name', 'C:\\x "y".exe')],
      [equals('ID', 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'), equals('mode', 'block')],
    ]),
    'search NOT ((dest="kiosk-*" Process_Name="C:\\\\x \\"y\\".exe") OR ' +
      '(EventCode=1126 ID="D4F940AB-401B-4EFC-AADC-AD5F3C50688A"))',
  )
})

test('what the search command cannot contain is compared by where, complete patterns only', () => {
  assert.equal(
    definition('block', [
      [equals('Path', 'a*'), equals('dest', 'pc-7'), equals('EventCode', '1121')],
      [equals('Path', 'b')],
    ]),
    'search NOT ((Path="b")) | where NOT ((EventCode=1121 AND match(coalesce(Path, ""), "(?is)\\\\Aa\\\\*\\\\z") AND ' +
      'match(coalesce(dest, ""), "(?is)\\\\Apc-7\\\\z")))',
  )
})

test('without patterns nothing is left out, a pattern of every EventCode leaves out every row', () => {
  assert.equal(definition('stacking', []), 'search *')
  assert.equal(definition('disabled', [[equals('mode', 'configuration')]]), 'search NOT ((dest=*))')
})

test('the rule of a configuration change is ASR_ID', () => {
  assert.equal(definition('registry', [[equals('ID', 'X')]]), 'search NOT ((ASR_ID="X"))')
})

test('a pattern that would leave out nothing, or other rows, is reported and not in the macro', () => {
  const { text, leftOut } = filterMacro('audit', [
    [equals('User', 'x')],
    [equals('Path', null)],
    [equals('EventCode', '1121')],
    [equals('Path', '\ud800')],
    [equals('Path', 'y')],
    [equals('Path', 'y'), equals('Parent_Commandline', 'z')],
  ])
  assert.equal(text, '[windows_defender_asr_audit_events_filter]\ndefinition = search NOT ((Path="y"))\n')
  assert.deepEqual(leftOut, [
    { pattern: 0, why: 'The rows of this detection have no User.' },
    { pattern: 1, why: "Splunk's stats drops events without Path." },
    { pattern: 2, why: 'No row of this detection has such an EventCode.' },
    { pattern: 3, why: 'Path contains half a character (a lone surrogate).' },
    { pattern: 5, why: 'The rows of this detection have no Parent_Commandline.' },
  ])
})

test('a definition is one line whose strings end where they should, whatever was logged', () => {
  const patterns = hostileSelections(6, 400).map(({ columns }) => columns)
  const { text, leftOut } = filterMacro('block', patterns)
  assert.ok(leftOut.length < patterns.length)
  assert.match(splStrings(text).rest, /^\[\w+\]\ndefinition = search NOT [ \w.,()=!*"]+ \| where NOT [ \w.,()=!"]+\n$/)
})

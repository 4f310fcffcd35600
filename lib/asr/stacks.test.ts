import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'
import { readChanges } from './registry.ts'
import { openStacksOf, type StackedEvent, stacksOf } from './stacks.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const rule = (state: string) => `${key}\\Rules\\${office} = ${state}`
const nothing = { ID: null, Process_Name: null, Path: null, Parent_Commandline: null, Target_Commandline: null }
const versions = { Signature_Version: null, Engine_Version: null }
const blank = { ...nothing, ...versions, User: null, Old_Value: null, New_Value: null, changes: [] }

const event = (EventCode: number, fields: Partial<StackedEvent> = {}): StackedEvent => ({
  ...blank,
  dest: 'PC1',
  EventCode,
  ...fields,
})
const change = (Old_Value: string | null, New_Value: string | null, ID: string | null = office): StackedEvent =>
  event(5007, { ID, Old_Value, New_Value, changes: readChanges(Old_Value, New_Value) })

/** Rows in short: number, family, by-fields, and the flags that are set. */
const inShort = (rows: ReturnType<typeof stacksOf>): string[] =>
  rows.map(({ detection, family, by, faithful, disabled, weakened, exclusion }) =>
    [
      `${detection} ${family}: ${by.map((value) => value ?? '-').join(' | ')}`,
      ...(faithful ? ['faithful'] : []),
      ...(disabled ? ['disabled'] : []),
      ...(weakened ? ['weakened'] : []),
      ...(exclusion === null ? [] : [`[${exclusion}]`]),
    ].join(' '),
  )

const complete = { ID: office, Process_Name: 'w.exe', Path: 'c.exe', Parent_Commandline: 'p', Target_Commandline: 't' }

test('a block is one row of stacking, an audit event is a row of stacking and one of its own', () => {
  assert.deepEqual(inShort(stacksOf(event(1121, complete))), [
    `3 stacking: PC1 | p | w.exe | c.exe | ${office} | 1121 faithful`,
  ])
  assert.deepEqual(inShort(stacksOf(event(1122, complete))), [
    `1 stacking: PC1 | p | w.exe | c.exe | ${office} | 1122 faithful`,
    `2 audit: PC1 | w.exe | t | c.exe | ${office} | 1122 faithful`,
  ])
  assert.deepEqual(inShort(stacksOf(event(1126, { Process_Name: 'e.exe', Path: 'https://x' }))), [
    '3 stacking: PC1 | - | e.exe | https://x | - | 1126',
    '2 audit: PC1 | e.exe | - | https://x | - | 1126',
  ])
})

test('a row is faithful if every by-field is logged under its own name', () => {
  const faithful = (code: number, fields: Partial<StackedEvent>) =>
    stacksOf(event(code, fields)).map((row) => row.faithful)
  assert.deepEqual(faithful(1122, { ...complete, Target_Commandline: null }), [true, false])
  assert.deepEqual(faithful(1122, { ...complete, Path: null }), [false, false])
  for (const code of [1125, 1126, 1129, 1131, 1132, 1133, 1134])
    assert.ok(!faithful(code, complete).includes(true), `${code}`)
})

test('a configuration change is a row of stacking, and a row for each rule it changed', () => {
  const [block, off] = [rule('0x1'), rule('0x0')]
  assert.deepEqual(inShort(stacksOf(change(block, off))), [
    `1 stacking: PC1 | - | - | - | ${office} | 5007`,
    `5 registry: PC1 | ${off} | ${block} | Block | Disabled | ${office} faithful disabled`,
  ])
  assert.deepEqual(inShort(stacksOf(change(block, rule('0x2')))).slice(1), [
    `4 registry: PC1 | ${rule('0x2')} | ${block} | Block | Audit | ${office} faithful weakened`,
  ])
  assert.deepEqual(inShort(stacksOf(change(block, null))).slice(1), [
    `5 registry: PC1 | - | ${block} | Block | - | ${office} disabled`,
  ])
  assert.deepEqual(inShort(stacksOf(change(null, null, null))), ['1 stacking: PC1 | - | - | - | - | 5007'])
})

test('a row may be disabled to Splunk only, or to us only', () => {
  const flags = (before: string | null, after: string | null) =>
    stacksOf(change(before, after))
      .slice(1)
      .map(({ detection, faithful, disabled }) => [detection, faithful, disabled])
  assert.deepEqual(flags(rule('0x0'), rule('0x0')), [[5, true, false]])
  assert.deepEqual(flags(rule('0x1'), rule('0x5')), [[5, false, true]])
  assert.deepEqual(flags(rule('0x0'), null), [[4, false, false]])
})

test('a change without a rule has a missing ASR_ID: a policy switch, an exclusion', () => {
  const on = `${key}\\ExploitGuard_ASR_Rules = 0x1`
  assert.deepEqual(inShort(stacksOf(change(on, null, null))).slice(1), [
    `5 registry: PC1 | - | ${on} | - | - | - disabled weakened`,
  ])
  const excluded = `${key}\\ASROnlyExclusions\\C:\\Users\\Public = 0x0`
  assert.deepEqual(inShort(stacksOf(change(null, excluded, null))).slice(1), [
    `4 registry: PC1 | ${excluded} | - | - | - | - weakened [C:\\Users\\Public]`,
  ])
})

const sixth = {
  ...detectionTable[0],
  number: 6,
  key: 'override',
  view: 'override',
  route: '/override',
  by: ['dest', 'User', 'Path'],
  columns: ['dest', 'User', 'Path', 'count', 'firstTime', 'lastTime', 'ASR_Rule'],
  codes: [1129],
} as const satisfies DetectionEntry

test('a sixth detection has its rows from its entry alone, under its own number or within another', () => {
  const fields = { User: 'ann', Path: 'c.exe' }
  const own = openStacksOf([...detectionTable, sixth])(event(1129, fields))
  assert.deepEqual(inShort(own as ReturnType<typeof stacksOf>), [
    '3 stacking: PC1 | - | - | c.exe | - | 1129',
    '6 override: PC1 | ann | c.exe faithful',
  ])
  const inner = { ...detectionTable[2], number: 6, key: 'network', view: 'n', route: '/n', codes: [1126] } as const
  const within = openStacksOf([...detectionTable, { ...inner, within: 'block' }])(event(1126, fields))
  assert.deepEqual(
    within.map(({ detection, family }) => `${detection} ${family}`),
    ['6 stacking', '2 audit'],
  )
  assert.throws(() => openStacksOf([...detectionTable, { ...inner, within: 'stacking' }]), /overlap/)
})

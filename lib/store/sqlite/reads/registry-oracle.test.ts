import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { allRules, readChanges } from '#lib/asr/registry.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { assertSameRows } from '#lib/query/testing.ts'

const fixture = openFixture()
after(() => fixture.close())

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const lsass = '9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2'
const unknown = '00000000-AAAA-BBBB-CCCC-000000000001'
const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'
const local = `${key}\\Windows Defender Exploit Guard\\ASR`
const group = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const manager = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager'
const exclusion = (path: string, content = ' = 0x0') => `${local}\\ASROnlyExclusions\\${path}${content}`

/** Values of every form, and of forms made to be mistaken for another. */
const values = [
  '',
  'nonsense',
  ' = ',
  ...['0x0', '0x1', '0x2', '0x5', '0x6', '0x7', '0x01', '0x', '1', '', 'off', 'z0x1', '0x00000001'].map(
    (state) => `${local}\\Rules\\${office} = ${state}`,
  ),
  `${local}\\Rules\\${lsass} = 0x0`,
  `${local}\\Rules\\{${unknown}} = 0x1`,
  `${local}\\Rules\\${office}} = 0x1`,
  `${local}\\Rules\\${office}x = 0x1`,
  `${local}\\Rules\\${office} =`,
  `${local}\\Rules\\${office}`,
  `${local}\\Rules\\${office}=0x1`,
  `${local}\\Rules\\${office} = 0x1`.toLowerCase(),
  `${group}\\Rules\\${office} = 1`,
  `${manager}\\Windows Defender Exploit Guard\\ASR\\Rules\\${office} = 0x2`,
  `Default\\ASR\\Rules\\${office} = `,
  `Default\\Windows Defender Exploit Guard\\ASR\\Rules\\${office} = 0x0`,
  `${manager}\\ASRRules = ${office}=1|${lsass}=2`,
  `${manager}\\ASRRules = ${office}=0|{${lsass}}=2|`,
  `${manager}\\ASRRules = ${lsass} = 6|${lsass} = 1|${unknown}|nonsense=1`,
  `${manager}\\ASRRules = `,
  'Default\\Policy Manager\\ASRRules = ',
  `${manager}\\asrrules = ${office}=5`,
  `${manager}\\ASRRulesX = ${office}=5`,
  `${manager}\\ASRRules`,
  ...['C:\\dev\\b = c.exe', 'C:\\', 'C:\\Users\\ann\\*', 'D:\\Temp', '*', 'C:\\dev\\x.exe'].map((path) =>
    exclusion(path),
  ),
  exclusion('C:\\a = b', ''),
  exclusion('C:\\a', ' ='),
  exclusion('C:\\a', ' = 0'),
  exclusion('', ' = 0x0'),
  exclusion(`\\\\srv\\ASR\\Rules\\${office}`),
  exclusion(`C:\\Rules\\${office}`),
  'Default\\Windows Defender Exploit Guard\\ASR\\ASROnlyExclusions\\C:\\dev\\x.exe = ',
  `${manager}\\ASROnlyExclusions = C:\\dev|C:\\tools|C:\\dev`,
  `${manager}\\ASROnlyExclusions = C:\\tools| %ProgramFiles(x86)%\\*.* |`,
  `${local}\\ASROnlyPerRuleExclusions\\${office} = C:\\dev\\b = c.exe>C:\\a`,
  `${local}\\ASROnlyPerRuleExclusions\\${office} = C:\\a>C:\\dev\\b = c.exe`,
  `${local}\\ASROnlyPerRuleExclusions\\{${lsass}} = \\\\srv\\c$`,
  `${manager}\\ASROnlyPerRuleExclusions = ${office}=C:\\dev\\b = c.exe>E:|${lsass}=C:\\y`,
  `${manager}\\ASROnlyPerRuleExclusions = ${office}=E:>C:\\dev\\b = c.exe|${unknown}=%TEMP%\\`,
  ...['0x1', '0x0', '1', '', '0x10', 'on'].map((state) => `${group}\\ExploitGuard_ASR_Rules = ${state}`),
  'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ExploitGuard_ASR_Rules = 0x1',
  `${group}\\ExploitGuard_ASR_ASROnlyExclusions = 0x1`,
  `${local}\\EnableASRConsumers = 0x1`,
  `${key}\\Features\\Controls\\48 = 0x1`,
  `${key}\\Exclusions\\Paths\\C:\\ASR\\Rules\\${office} = 0x0`,
  `${key}\\Exclusions\\Processes\\Windows Defender Exploit Guard\\ASR\\Rules\\${office} = 0x0`,
  `${manager}\\ExcludedPaths = C:\\ASR\\Rules`,
  `${manager}\\EnableNetworkProtection = 0x1`,
  `${key}\\X = ${local}\\Rules\\${office} = 0x1`,
]

test('TypeScript and SQL read the same changes from every pair of values, whatever they contain', () => {
  const pairs = values.flatMap((before) => values.map((now) => [before, now] as const))
  const ids = new Map(pairs.map(([before, now], index) => [index + 1, readChanges(before, now)]))
  fixture.add(
    pairs.map(([before, now], index) =>
      event(5007, 'PC1', index * 1000, { 'Old Value': before, 'New Value': now }, index + 1),
    ),
  )
  const { db } = fixture.writer
  db.exec(readFileSync('db/sqlite/oracle/asr_change.sql', 'utf8'))
  const names = new Map(
    (db.prepare('SELECT ID, ASR_Rule FROM asr_rule').raw().all() as [string, string][]).map(([ID, name]) => [ID, name]),
  )
  const expected = [...ids].flatMap(([EventRecordID, changes]) =>
    changes.map((change) => {
      const { exclusion: Exclusion, disabled, weakened, faithful, faithfulDisabled, added, removed, ...states } = change
      assert.equal(Exclusion ?? '', [...added, ...removed].sort().join('|'))
      assert.equal(faithfulDisabled, faithful && states.New_Registry_Value === 'Disabled')
      const name = states.ASR_ID === null ? (disabled ? allRules : null) : (names.get(states.ASR_ID) ?? null)
      const flags = { disabled: Number(disabled), weakened: Number(weakened), faithful: Number(faithful) }
      const [before, now] = pairs[EventRecordID - 1] ?? []
      return { before: before || null, now: now || null, ...states, ASR_Rule: name, Exclusion, ...flags }
    }),
  )
  const rows = db
    .prepare(
      `SELECT Old_Value AS before, New_Value AS now, ASR_ID, Old_Registry_Value, New_Registry_Value, ASR_Rule, Exclusion,
         disabled, weakened, faithful FROM asr_change`,
    )
    .all() as object[]
  assert.ok(expected.some(({ disabled, faithful }) => disabled && !faithful))
  assertSameRows(rows, expected)
})

test('both touch the same events: those whose old or new value has a key or a name of ASR', () => {
  const { db } = fixture.writer
  const touched = db.prepare('SELECT count(DISTINCT event) FROM asr_change').pluck().get()
  const pairs = values.flatMap((before) => values.map((now) => readChanges(before, now).length > 0))
  assert.equal(touched, pairs.filter(Boolean).length)
})

/** Excluded paths, and whether they are as broad as a drive, a user profile, a program folder or a temp folder. */
const broad = [
  ...[
    'C:',
    'C:\\',
    'c:\\*',
    'D:\\**',
    'C:\\*.*',
    '\\\\?\\C:\\',
    '%SystemDrive%\\',
    '\\Device\\HarddiskVolume3\\',
    '*',
    '*.exe',
  ],
  ...[
    '\\\\server\\c$',
    'C:\\Users',
    'C:\\Users\\*',
    'C:/Users/Public/',
    '"C:\\Users\\ann"',
    '%USERPROFILE%',
    '%PUBLIC%\\*',
  ],
  ...[
    'C:\\Documents and Settings\\ann',
    '%LocalAppData%',
    'C:\\Users\\ann\\AppData',
    'C:\\Users\\*\\AppData\\Local\\Temp',
  ],
  ...[
    'C:\\Program Files',
    'D:\\Program Files (x86)\\*',
    '%ProgramFiles%',
    '%ProgramData%',
    'C:\\Windows',
    '%windir%\\Temp\\',
  ],
  ...['%TEMP%', 'E:\\tmp', 'C:\\build\\temp\\*', 'Temp'],
]
const narrow = [
  ...[
    'C:\\dev\\a.exe',
    'C:\\Program Files\\App',
    'C:\\Users\\ann\\Documents',
    'C:\\Windows\\System32\\x.exe',
    'C:\\temperature',
  ],
  ...[
    '\\\\server\\share',
    '%APPDATA%\\App',
    'C:\\*.exe',
    'C:\\dev',
    'C:\\Temp\\a.exe',
    'C:\\Users\\ann\\AppData\\Roaming\\x',
    'x',
  ],
]

test('TypeScript and SQL agree on which exclusions are broad', () => {
  const { db } = fixture.writer
  fixture.add([...broad, ...narrow].map((path, index) => event(5007, 'PC2', index, { 'New Value': exclusion(path) })))
  const weak = db
    .prepare("SELECT Exclusion FROM asr_change WHERE dest = 'PC2' AND weakened ORDER BY _time")
    .pluck()
    .all()
  assert.deepEqual(weak, broad)
  const found = [...broad, ...narrow].filter((path) => readChanges(null, exclusion(path))[0]?.weakened)
  assert.deepEqual(found, broad)
  const removed = broad.filter((path) => readChanges(exclusion(path), null)[0]?.weakened)
  assert.deepEqual(removed, [], 'a broad exclusion that is removed weakens nothing')
})

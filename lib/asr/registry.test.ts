import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChanges, stateName } from '#lib/asr/registry.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const lsass = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
const usb = 'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4'
const local = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const group = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const manager = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager'

/** What a change comes to, in short: rule, before, after, `off` where it switches the rule off, `splunk` where Splunk shows it. */
const changes = (before: string | null, after: string | null): string[] =>
  readChanges(before, after).map(({ ASR_ID, Old_Registry_Value, New_Registry_Value, disabled, faithful }) =>
    [
      ASR_ID,
      Old_Registry_Value,
      New_Registry_Value,
      ...(disabled ? ['off'] : []),
      ...(faithful ? ['splunk'] : []),
    ].join(' '),
  )
const rule = (state: string, id = office, path = local): string => `${path}\\Rules\\${id} = ${state}`

test('a rule set from one state to another', () => {
  assert.deepEqual(changes(rule('0x1'), rule('0x2')), [`${office} Block Audit splunk`])
  assert.deepEqual(changes(rule('0x2'), rule('0x6')), [`${office} Audit Warn splunk`])
  assert.deepEqual(changes(rule('0x1'), rule('0x0')), [`${office} Block Disabled off splunk`])
  assert.deepEqual(changes(rule('0x0'), rule('0x0')), [`${office} Disabled Disabled off splunk`])
})

test('a GUID in braces, in lower case, under policies or at its default is the same rule', () => {
  assert.deepEqual(changes(rule('0x1', `{${office}}`), rule('0x2', `{${office}}`)), [`${office} Block Audit`])
  assert.deepEqual(changes(rule('0x1', office.toLowerCase()), rule('0x2', office.toLowerCase())), [
    `${office} Block Audit splunk`,
  ])
  assert.deepEqual(changes(rule('1', office, group), rule('2', office, group)), [`${office} Block Audit`])
  const byDefault = `Default\\Windows Defender Exploit Guard\\ASR\\Rules\\${office} = 0x0`
  assert.deepEqual(changes(byDefault, rule('0x1')), [`${office} Disabled Block splunk`])
  assert.deepEqual(changes(rule('0x1').toLowerCase(), rule('0x2').toLowerCase()), [`${office} Block Audit`])
})

test('a value that was added, removed or set to "not configured" counts, which Splunk drops', () => {
  assert.deepEqual(changes(null, rule('0x1')), [`${office}  Block`])
  assert.deepEqual(changes(null, rule('0x0')), [`${office}  Disabled off`])
  assert.deepEqual(changes(rule('0x1'), null), [`${office} Block  off`])
  assert.deepEqual(changes(rule('0x1'), `${local}\\Rules\\${office} = `), [`${office} Block  off`])
  assert.deepEqual(changes(rule('0x1'), `${local}\\Rules\\${office} =`), [`${office} Block  off`])
  assert.deepEqual(changes(rule('0x1'), rule('0x5')), [`${office} Block Not configured`])
  assert.deepEqual(changes(rule('0x5'), rule('0x1')), [`${office} Not configured Block`])
  assert.deepEqual(changes(null, null), [])
})

test('a state that Microsoft does not name is shown as it is', () => {
  assert.deepEqual(changes(rule('0x1'), rule('0x7')), [`${office} Block Unknown (0x7)`])
  assert.deepEqual(changes(rule('0x1'), rule('0x10')), [`${office} Block Unknown (0x10)`])
  assert.deepEqual(changes(rule('0x1'), rule('off')), [`${office} Block Unknown (off)`])
  assert.equal(stateName('0x00000006'), 'Warn')
  assert.equal(stateName(' 2 '), 'Audit')
  assert.equal(stateName(''), null)
  assert.equal(stateName(null), null)
})

const list = (entries: string): string => `${manager}\\ASRRules = ${entries}`

test("Policy Manager's list gives one result row for each rule that changed", () => {
  assert.deepEqual(changes(list(`${office}=1|${lsass}=2|${usb}=6`), list(`${office}=0|${lsass}=2|{${usb}}=5`)), [
    `${usb} Warn Not configured`,
    `${office} Block Disabled off`,
  ])
  assert.deepEqual(changes(list(`${office}=1|${lsass}=2`), list(`${lsass.toLowerCase()}=2`)), [`${office} Block  off`])
  assert.deepEqual(changes(null, list(`${office}=1|${lsass}=0`)), [`${lsass}  Disabled off`, `${office}  Block`])
  assert.deepEqual(changes(list(`${office}=1|${lsass}=0`), null), [`${lsass} Disabled  off`, `${office} Block  off`])
  assert.deepEqual(changes(list(`${office}=1`), list(`${office}=2|`)), [`${office} Block Audit`])
})

test('a list in which no rule changed is one change without a rule', () => {
  assert.deepEqual(changes(list(`${office}=1|${lsass}=2`), list(`${lsass}=2|${office}=1`)), ['  '])
  assert.deepEqual(changes(list('nonsense'), list('')), ['  '])
})

test('exclusions change ASR but no state', () => {
  assert.deepEqual(changes(null, `${local}\\ASROnlyExclusions\\C:\\a = b\\x.exe = 0x0`), ['  '])
  assert.deepEqual(changes(`${group}\\ASROnlyExclusions\\C:\\Tools = 0x0`, null), ['  '])
  assert.deepEqual(changes(null, `${manager}\\ASROnlyExclusions = C:\\Tools|D:\\x`), ['  '])
  assert.deepEqual(
    changes(null, `${manager}\\ASROnlyPerRuleExclusions = ${office}=C:\\Tools\\*>D:\\x|${lsass}=C:\\y`),
    [`${lsass}  `, `${office}  `],
  )
  assert.deepEqual(changes(null, `${local}\\ASROnlyPerRuleExclusions\\${office} = C:\\Tools`), [`${office}  `])
  assert.deepEqual(changes('', `${local}\\ExploitGuard_ASR_Rules = 0x0`), ['  '])
})

test('a folder of the name of a rule in an exclusion is no rule', () => {
  assert.deepEqual(changes(null, `${local}\\ASROnlyExclusions\\C:\\Rules\\${office} = 0x0`), ['  '])
})

test('housekeeping is no change of ASR', () => {
  const others: [string | null, string | null][] = [
    ['HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features\\Controls\\48 = 0x1', null],
    ['Default\\IsServiceRunning = 0x0', 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\IsServiceRunning = 0x1'],
    [null, 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\ASR\\Rules = 0x0'],
    ['HKLM\\...\\Windows Defender Exploit Guard\\Network Protection\\EnableNetworkProtection = 0x1', null],
    ['HKLM\\...\\Windows Defender Exploit Guard\\Controlled Folder Access\\x = 0x1', null],
    [`${manager}\\EnableNetworkProtection = 0x1`, null],
    ['', ''],
    [' = ', ' ='],
  ]
  for (const [before, after] of others) assert.deepEqual(changes(before, after), [], `${before} -> ${after}`)
})

test('a value of millions of characters is read in no time, whatever it repeats', () => {
  const started = Date.now()
  for (const piece of [
    '\\Policy Manager\\',
    '}',
    ' ',
    '{ ',
    ' = ',
    '|',
    `${local}\\Rules\\`,
    '\\Policy Manager\\A',
    `${office}=1|`,
  ]) {
    const long = piece.repeat(Math.ceil(2_000_000 / piece.length))
    readChanges(`${long}x`, `${local}\\Rules\\${office} = ${long}x`)
    readChanges(list(`${long}x`), list(`x${long}`))
    readChanges(`${manager}\\x${long}`, null)
  }
  assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms`)
})

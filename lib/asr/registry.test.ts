import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { readChanges, stateName } from '#lib/asr/registry.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const lsass = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
const usb = 'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4'
const local = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const group = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const manager = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager'

/**
 * What a change comes to, in short: rule, before, after, exclusion, `off` if it is disabled, `weak` if it is weakened,
 * `splunk` if Splunk shows it, `splunk-off` if Splunk's disabled search does.
 */
const changes = (before: string | null, after: string | null): string[] =>
  readChanges(before, after).map((change) =>
    [
      change.ASR_ID,
      change.Old_Registry_Value,
      change.New_Registry_Value,
      ...(change.exclusion === null ? [] : [`[${change.exclusion}]`]),
      ...(change.disabled ? ['off'] : []),
      ...(change.weakened ? ['weak'] : []),
      ...(change.faithful ? ['splunk'] : []),
      ...(change.faithfulDisabled ? ['splunk-off'] : []),
    ].join(' '),
  )
const rule = (state: string, id = office, path = local): string => `${path}\\Rules\\${id} = ${state}`

test('a rule set from one state to another', () => {
  assert.deepEqual(changes(rule('0x1'), rule('0x2')), [`${office} Block Audit weak splunk`])
  assert.deepEqual(changes(rule('0x1'), rule('0x6')), [`${office} Block Warn weak splunk`])
  assert.deepEqual(changes(rule('0x2'), rule('0x6')), [`${office} Audit Warn splunk`])
  assert.deepEqual(changes(rule('0x1'), rule('0x0')), [`${office} Block Disabled off splunk splunk-off`])
  assert.deepEqual(changes(rule('0x0'), rule('0x0')), [`${office} Disabled Disabled splunk splunk-off`])
})

test('a GUID in braces, in lower case, under policies or at its default is the same rule', () => {
  assert.deepEqual(changes(rule('0x1', `{${office}}`), rule('0x2', `{${office}}`)), [`${office} Block Audit weak`])
  assert.deepEqual(changes(rule('0x1', office.toLowerCase()), rule('0x2', office.toLowerCase())), [
    `${office} Block Audit weak splunk`,
  ])
  assert.deepEqual(changes(rule('1', office, group), rule('2', office, group)), [`${office} Block Audit weak`])
  const byDefault = `Default\\Windows Defender Exploit Guard\\ASR\\Rules\\${office} = 0x0`
  assert.deepEqual(changes(byDefault, rule('0x1')), [`${office} Disabled Block splunk`])
  assert.deepEqual(changes(rule('0x1').toLowerCase(), rule('0x2').toLowerCase()), [`${office} Block Audit weak`])
})

test('a value that was added, removed or set to "not configured" counts, which Splunk drops', () => {
  assert.deepEqual(changes(null, rule('0x1')), [`${office}  Block`])
  assert.deepEqual(changes(null, rule('0x0')), [`${office}  Disabled`])
  assert.deepEqual(changes(rule('0x1'), null), [`${office} Block  off`])
  assert.deepEqual(changes(rule('0x1'), `${local}\\Rules\\${office} = `), [`${office} Block  off`])
  assert.deepEqual(changes(rule('0x1'), `${local}\\Rules\\${office} =`), [`${office} Block  off`])
  assert.deepEqual(changes(rule('0x1'), rule('0x5')), [`${office} Block Not configured off`])
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

test("Policy Manager's list has one result row for each rule that changed", () => {
  assert.deepEqual(changes(list(`${office}=1|${lsass}=2|${usb}=6`), list(`${office}=0|${lsass}=2|{${usb}}=5`)), [
    `${usb} Warn Not configured off`,
    `${office} Block Disabled off`,
  ])
  assert.deepEqual(changes(list(`${office}=1|${lsass}=2`), list(`${lsass.toLowerCase()}=2`)), [`${office} Block  off`])
  assert.deepEqual(changes(null, list(`${office}=1|${lsass}=0`)), [`${lsass}  Disabled`, `${office}  Block`])
  assert.deepEqual(changes(list(`${office}=1|${lsass}=0`), null), [`${lsass} Disabled `, `${office} Block  off`])
  assert.deepEqual(changes(list(`${office}=1`), list(`${office}=2|`)), [`${office} Block Audit weak`])
})

test('a list in which no rule changed is one change without a rule', () => {
  assert.deepEqual(changes(list(`${office}=1|${lsass}=2`), list(`${lsass}=2|${office}=1`)), ['  '])
  assert.deepEqual(changes(list('nonsense'), list('')), ['  '])
})

test('what was off before is not disabled by being removed, and a first Disabled disables nothing', () => {
  assert.deepEqual(changes(rule('0x0'), null), [`${office} Disabled `])
  assert.deepEqual(changes(rule('0x5'), null), [`${office} Not configured `])
  assert.deepEqual(changes(rule('0x0'), rule('0x5')), [`${office} Disabled Not configured`])
  assert.deepEqual(changes(null, rule('0x0')), [`${office}  Disabled`])
  assert.deepEqual(changes(list(`${office}=1|${lsass}=0`), list(`${office}=1`)), [`${lsass} Disabled `])
  assert.deepEqual(changes(rule('0x7'), null), [`${office} Unknown (0x7) `])
})

test('the last entry of a rule in a list counts, and an entry without a state is skipped', () => {
  assert.deepEqual(changes(null, list(`${office}=1|${office} = 2|${lsass}`)), [`${office}  Audit`])
  assert.deepEqual(changes(list(`${office}=1`), 'Default\\Policy Manager\\ASRRules = '), [`${office} Block  off`])
})

const exclusion = (path: string, key = local) => `${key}\\ASROnlyExclusions\\${path} = 0x0`

test('an exclusion of all rules has its path and no state, whatever the path contains', () => {
  assert.deepEqual(changes(null, exclusion('C:\\a = b\\x.exe')), ['   [C:\\a = b\\x.exe]'])
  assert.deepEqual(changes(null, `${local}\\ASROnlyExclusions\\C:\\a = b`), ['   [C:\\a = b]'])
  assert.deepEqual(changes(exclusion('C:\\Tools', group), null), ['   [C:\\Tools]'])
  assert.deepEqual(changes(exclusion('C:\\a'), exclusion('C:\\b')), ['   [C:\\a|C:\\b]'])
  assert.deepEqual(changes(exclusion('C:\\a'), exclusion('C:\\a')), ['  '])
  assert.deepEqual(changes(null, exclusion(`C:\\Rules\\${office}`)), [`   [C:\\Rules\\${office}]`])
  assert.deepEqual(changes(null, exclusion(`\\\\srv\\ASR\\Rules\\${office}`)), [`   [\\\\srv\\ASR\\Rules\\${office}]`])
  assert.deepEqual(changes(`${manager}\\ASROnlyExclusions = C:\\x`, `${manager}\\ASROnlyExclusions = C:\\y|C:\\x`), [
    '   [C:\\y]',
  ])
})

const perRule = (entries: string) => `${manager}\\ASROnlyPerRuleExclusions = ${entries}`
const ofRule = (paths: string) => `${local}\\ASROnlyPerRuleExclusions\\${office} = ${paths}`

test('exclusions of single rules make one row for each rule with the paths that were added or removed', () => {
  assert.deepEqual(changes(null, perRule(`${office}=C:\\Tools\\*>D:\\x|${lsass}=C:\\y`)), [
    `${lsass}   [C:\\y]`,
    `${office}   [C:\\Tools\\*|D:\\x]`,
  ])
  assert.deepEqual(
    changes(perRule(`${office}=C:\\a>C:\\b|${lsass}=C:\\y`), perRule(`${lsass}=C:\\y|${office}=C:\\b`)),
    [`${office}   [C:\\a]`],
  )
  assert.deepEqual(changes(perRule(`${office}=C:\\a>C:\\b`), perRule(`${office}=C:\\b>C:\\a`)), ['  '])
  assert.deepEqual(changes(null, perRule(`${office}=C:\\dev\\b = c.exe`)), [`${office}   [C:\\dev\\b = c.exe]`])
  assert.deepEqual(changes(null, ofRule('C:\\dev\\a.exe>C:\\dev\\b = c.exe')), [
    `${office}   [C:\\dev\\a.exe|C:\\dev\\b = c.exe]`,
  ])
  assert.deepEqual(changes(ofRule('C:\\a>C:\\b'), ofRule('C:\\b')), [`${office}   [C:\\a]`])
})

test('a broad exclusion weakens protection when it is added, and not when it is removed', () => {
  for (const path of ['C:\\', 'C:\\Users\\Public', '%USERPROFILE%\\*', 'C:\\Program Files', 'C:\\Windows\\Temp']) {
    assert.deepEqual(changes(null, exclusion(path)), [`   [${path}] weak`])
    assert.deepEqual(changes(exclusion(path), null), [`   [${path}]`])
    assert.deepEqual(changes(null, perRule(`${office}=C:\\dev>${path}`)), [
      `${office}   [${['C:\\dev', path].sort().join('|')}] weak`,
    ])
  }
})

const policySwitch = (content: string, name = 'Rules', path = group) => `${path}\\ExploitGuard_ASR_${name} = ${content}`

test('a policy switch that turned the rules on and is off or gone disables all rules', () => {
  assert.deepEqual(changes(policySwitch('0x1'), policySwitch('0x0')), ['   off weak'])
  assert.deepEqual(changes(policySwitch('1', 'Rules', local), null), ['   off weak'])
  assert.deepEqual(changes(policySwitch('0x1'), policySwitch('')), ['   off weak'])
  assert.deepEqual(changes(null, policySwitch('0x1')), ['  '])
  assert.deepEqual(changes('', policySwitch('0x0')), ['  '])
  assert.deepEqual(changes(policySwitch('0x0'), null), ['  '])
  assert.deepEqual(changes(policySwitch('0x1'), policySwitch('0x1')), ['  '])
  assert.deepEqual(changes(policySwitch('0x1', 'ASROnlyExclusions'), null), ['  '], 'its exclusions apply no more')
})

test('a change is of ASR if either value is; a new value about something else says nothing of the old', () => {
  const other = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features\\Controls\\48 = 0x1'
  assert.deepEqual(changes(rule('0x1'), other), [`${office}  `])
  assert.deepEqual(changes(list(`${office}=1`), other), ['  '])
  assert.deepEqual(changes(policySwitch('0x1'), other), ['  '])
  assert.deepEqual(changes(other, rule('0x0')), [`${office} Block Disabled off splunk splunk-off`])
  assert.deepEqual(changes(other, other), [])
})

test('housekeeping is not a change of ASR', () => {
  const others: [string | null, string | null][] = [
    ['HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features\\Controls\\48 = 0x1', null],
    ['Default\\IsServiceRunning = 0x0', 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\IsServiceRunning = 0x1'],
    [null, 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\ASR\\Rules = 0x0'],
    ['HKLM\\...\\Windows Defender Exploit Guard\\Network Protection\\EnableNetworkProtection = 0x1', null],
    ['HKLM\\...\\Windows Defender Exploit Guard\\Controlled Folder Access\\x = 0x1', null],
    [`${manager}\\EnableNetworkProtection = 0x1`, null],
    [`${manager}\\ExcludedPaths = C:\\ASR\\Rules`, null],
    [null, `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\ASR\\Rules\\${office} = 0x0`],
    ['', ''],
    [' = ', ' ='],
  ]
  for (const [before, after] of others) assert.deepEqual(changes(before, after), [], `${before} -> ${after}`)
})

test('a value of millions of characters is read, and does not hang, whatever it repeats', () => {
  const readAll = () => {
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
  }
  // Unlike the limit of a test, this one interrupts a regular expression.
  runInNewContext('readAll()', { readAll }, { timeout: 60_000 })
})

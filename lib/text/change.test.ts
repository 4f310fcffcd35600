import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChangedRow, changeSentences, rowSentence, sentenceText, sumOfChanges, unparsedChanges } from './change.ts'

const lsass = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
const usb = 'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4'
const names: Record<string, string> = { [lsass]: 'LSASS credential theft', [usb]: 'Untrusted from USB' }
const nameRule = (id: string) => names[id] ?? `Unknown rule ${id.slice(0, 8)}`
const defender = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'
const local = `${defender}\\Windows Defender Exploit Guard\\ASR`
const manager = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager'

const sentences = (Old_Value: string | null, New_Value: string | null): string[] =>
  changeSentences({ Old_Value, New_Value }, nameRule).map(sentenceText)
/** The sentence of a row of a registry detection, in which NULL is a missing value. */
const ofRow = (Old_Value: string, New_Value: string, row: Partial<ChangedRow>): string => {
  const none = { ASR_ID: 'NULL', Old_Registry_Value: 'NULL', New_Registry_Value: 'NULL', Exclusion: null }
  return sentenceText(rowSentence({ ...none, ...row, Old_Value, New_Value }, nameRule))
}
const rule = (state: string, id = lsass) => `${local}\\Rules\\${id} = ${state}`
const excluded = (path: string) => `${local}\\ASROnlyExclusions\\${path} = 0x0`

test('a rule is named with its states, and what was not there before or is gone', () => {
  assert.deepEqual(sentences(rule('0x1'), rule('0x0')), ['LSASS credential theft: Block → Disabled'])
  assert.deepEqual(sentences(null, rule('0x2')), ['LSASS credential theft: not set → Audit'])
  assert.deepEqual(sentences(rule('0x6'), null), ['LSASS credential theft: Warn → removed'])
  assert.deepEqual(sentences(null, rule('0x1', '00000000-AAAA-BBBB-CCCC-000000000001')), [
    'Unknown rule 00000000: not set → Block',
  ])
})

test('a list of rules has a sentence for each rule that changed, or the one of a row', () => {
  const lists = [`${manager}\\ASRRules = ${lsass}=1|${usb}=6`, `${manager}\\ASRRules = ${lsass}=0|${usb}=5`] as const
  assert.deepEqual(sentences(...lists), [
    'LSASS credential theft: Block → Disabled',
    'Untrusted from USB: Warn → Not configured',
  ])
  const states = { Old_Registry_Value: 'Warn', New_Registry_Value: 'Not configured' }
  assert.equal(ofRow(...lists, { ASR_ID: usb, ...states }), 'Untrusted from USB: Warn → Not configured')
  assert.deepEqual(sentences(lists[0], lists[0]), ['Setting Policy Manager\\ASRRules: written again, nothing changed'])
})

test('an exclusion says whether it was added or removed, and of which rule', () => {
  assert.deepEqual(sentences(null, excluded('C:\\Users\\Public')), ['Exclusion added: C:\\Users\\Public'])
  assert.deepEqual(sentences(null, excluded('C:\\a = b')), ['Exclusion added: C:\\a = b'])
  assert.deepEqual(sentences(excluded('C:\\Tools'), null), ['Exclusion removed: C:\\Tools'])
  assert.deepEqual(sentences(excluded('C:\\a'), excluded('C:\\b')), ['Exclusions changed: C:\\b added, C:\\a removed'])
  const perRule = (entries: string) => `${manager}\\ASROnlyPerRuleExclusions = ${entries}`
  assert.deepEqual(sentences(perRule(`${lsass}=C:\\a`), perRule(`${lsass}=C:\\a>C:\\b>C:\\c`)), [
    'Exclusions added for LSASS credential theft: C:\\b, C:\\c',
  ])
  assert.deepEqual(sentences(perRule(`${lsass}=C:\\a`), perRule('')), [
    'Exclusion removed for LSASS credential theft: C:\\a',
  ])
})

test('a logged path with the sign that separates paths elsewhere is one path', () => {
  const path = 'C:\\a|C:\\b'
  assert.deepEqual(sentences(null, excluded(path)), [`Exclusion added: ${path}`])
  assert.deepEqual(sentences(excluded(path), excluded('C:\\c')), [`Exclusions changed: C:\\c added, ${path} removed`])
  assert.equal(ofRow('NULL', excluded(path), { Exclusion: path }), `Exclusion added: ${path}`)
})

test('the text NULL is a value if it was logged, and none if a row has it for a missing one', () => {
  assert.deepEqual(sentences('NULL', `${defender}\\IsServiceRunning = 0x1`), [
    'Settings: NULL: empty → IsServiceRunning: 0x1',
  ])
  assert.deepEqual(sentences(null, `${defender}\\IsServiceRunning = 0x1`), ['Setting IsServiceRunning: not set → 0x1'])
  // A removed rule was Block before; of one whose new value is the text NULL nothing is known.
  const removed = { ASR_ID: lsass, Old_Registry_Value: 'Block' }
  assert.equal(ofRow(rule('0x1'), 'NULL', removed), 'LSASS credential theft: Block → removed')
  assert.equal(
    ofRow(rule('0x1'), 'NULL', { ASR_ID: lsass }),
    `Settings: Windows Defender Exploit Guard\\ASR\\Rules\\${lsass}: 0x1 → NULL: empty`,
  )
  assert.equal(ofRow('NULL', excluded('C:\\Tools'), { Exclusion: 'C:\\Tools' }), 'Exclusion added: C:\\Tools')
})

test('an excluded path may contain ` = `, and so may the content of any other setting', () => {
  const antivirus = (path: string) => `${defender}\\Exclusions\\Paths\\${path}`
  assert.deepEqual(sentences(null, `${antivirus('C:\\a = 0x1 = b')} = 0x0`), [
    'Antivirus exclusion added: C:\\a = 0x1 = b',
  ])
  assert.deepEqual(sentences(null, antivirus('C:\\a = b')), ['Antivirus exclusion added: C:\\a = b'])
  assert.deepEqual(sentences(null, `${antivirus('C:\\a\nb')} = 0x0`), ['Antivirus exclusion added: C:\\a\nb'])
  assert.deepEqual(sentences(`${defender}\\Note = a = 1`, `${defender}\\Note = a = 2`), ['Setting Note: a = 1 → a = 2'])
})

test('any other setting is named without the key that all have in common', () => {
  const realTime = `${defender}\\Real-Time Protection\\DisableBehaviorMonitoring`
  assert.deepEqual(sentences(`${realTime} = 0x1`, null), ['Real-time setting DisableBehaviorMonitoring: 0x1 → removed'])
  assert.deepEqual(
    sentences(`${defender}\\DisableRealtimeMonitoring = 0x0`, `${defender}\\DisableRealtimeMonitoring = 0x1`),
    ['Real-time setting DisableRealtimeMonitoring: 0x0 → 0x1'],
  )
  assert.deepEqual(sentences(`${defender}\\Features\\Controls\\48 = 0x1`, ''), [
    'Setting Features\\Controls\\48: 0x1 → removed',
  ])
  assert.deepEqual(sentences('Default\\IsServiceRunning = 0x0', `${defender}\\IsServiceRunning = 0x1`), [
    'Setting IsServiceRunning: 0x0 (default) → 0x1',
  ])
  assert.deepEqual(sentences(null, `${defender}\\Exclusions\\Paths\\C:\\a = b = 0x0`), [
    'Antivirus exclusion added: C:\\a = b',
  ])
  assert.deepEqual(sentences(`${defender}\\A = 0x1`, `${defender}\\B =`), ['Settings: A: 0x1 → B: empty'])
  assert.deepEqual(sentences(`${local}\\ExploitGuard_ASR_Rules = 0x1`, null), [
    'Policy switch of all ASR rules: 0x1 → removed',
  ])
  assert.deepEqual(sentences(null, null), ['Configuration changed: its values were not logged'])
  assert.deepEqual(sentences('nonsense', null), ['Setting nonsense: empty → removed'])
})

test('several changes are one sentence if they are the same, else counted by kind', () => {
  const all = (...values: [string | null, string | null][]) =>
    sentenceText(
      sumOfChanges(values.flatMap(([Old_Value, New_Value]) => changeSentences({ Old_Value, New_Value }, nameRule))),
    )
  const control: [string, null] = [`${defender}\\Features\\Controls\\48 = 0x1`, null]
  assert.equal(all(control, control), 'Setting Features\\Controls\\48: 0x1 → removed')
  assert.equal(
    all(control, [null, excluded('C:\\a')], [null, excluded('C:\\b')], [rule('0x1'), rule('0x0')]),
    '4 configuration changes: 2 exclusions, 1 rule, 1 other setting',
  )
  assert.equal(
    all([null, excluded('C:\\a')], [null, excluded('C:\\b')], [null, excluded('C:\\b')]),
    '3 configuration changes: Exclusion added: C:\\b (2); Exclusion added: C:\\a',
  )
  const due = (old: string): [string, string] => [`${defender}\\Due = ${old}`, `${defender}\\Due = 0x0`]
  assert.equal(
    all(control, due('0x1'), due('0x2')),
    '3 configuration changes: Due (2); Features\\Controls\\48',
    'of settings their names are enough',
  )
  assert.equal(sentenceText(unparsedChanges(1200)), '1200 configuration changes: open to see which')
})

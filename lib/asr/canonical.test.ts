import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { canonicalFields, ruleOfValue } from '#lib/asr/canonical.ts'
import type { LoggedEvent, LoggedField } from '#lib/asr/event.ts'
import { asrCodes, templates } from '#lib/asr/templates.ts'
import { isGuid, normaliseGuid } from './guid.ts'

const read = (EventCode: number, sections: LoggedEvent['sections']) => {
  const fields = canonicalFields({ EventCode, dest: 'PC', time: 0, recordId: 1, sections })
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
/** An event whose every Data contains its own name. */
const named = (code: number) => read(code, { EventData: (templates[code] ?? []).map((name) => [name, `<${name}>`]) })

const versionsIn = (signature: string) => ({ Signature_Version: signature, Engine_Version: '<Engine Version>' })

test('each template has the canonical fields of the contract by its own names', () => {
  const rule = {
    ID: '<ID>',
    Process_Name: '<Process Name>',
    Path: '<Path>',
    Parent_Commandline: '<Parent Commandline>',
    Target_Commandline: '<Target Commandline>',
    User: '<User>',
    ...versionsIn('<Security intelligence Version>'),
  }
  const network = { ID: '<ID>', Process_Name: '<Process Name>', Path: '<Destination>', User: '<User>' }
  const versions = versionsIn('<Signature Version>')
  const policy = { ID: '<ID>', Process_Name: '<Process>', Path: '<Target>', User: '<User>', ...versions }
  const dlp = { ID: '<POLICY RULE ID>', Process_Name: '<Process>', Path: '<Target>', User: '<User Sid>', ...versions }
  const expected: Record<number, object> = {
    1121: rule,
    1122: rule,
    1125: network,
    1126: network,
    1129: { ID: '<ID>', Process_Name: '<Process Name>', Path: '<Path>', User: '<User>' },
    1131: policy,
    1132: policy,
    1133: dlp,
    1134: dlp,
    5007: { Old_Value: '<Old Value>', New_Value: '<New Value>' },
  }
  assert.deepEqual(Object.fromEntries(asrCodes.map((code) => [code, named(code)])), expected)
})

test('field names compare without regard to case, and a name of another template means nothing', () => {
  assert.deepEqual(
    read(1121, {
      EventData: [
        ['PROCESS NAME', 'a'],
        ['iD', 'b'],
        ['Destination', 'c'],
        ['Process', 'd'],
      ],
    }),
    {
      Process_Name: 'a',
      ID: 'B',
    },
  )
  assert.deepEqual(
    read(5007, {
      Message: [
        ['Old value', 'a'],
        ['New value', 'b'],
        ['ID', 'c'],
      ],
    }),
    {
      Old_Value: 'a',
      New_Value: 'b',
    },
  )
  assert.deepEqual(
    read(1133, {
      Message: [
        ['Policy Rule ID', 'a:b'],
        ['User SID', 'S-1'],
      ],
    }),
    { ID: 'A:B', User: 'S-1' },
  )
  assert.deepEqual(read(4711, { EventData: [['ID', 'a']] }), {})
})

test("the event's own data counts before its header, the first of a name before the second, and the empty not at all", () => {
  const header: LoggedField[] = [['User', 'NOT_TRANSLATED']]
  assert.deepEqual(read(1121, { System: header, Message: [['User', 'CORP\\ann']] }), { User: 'CORP\\ann' })
  assert.deepEqual(read(1121, { System: header }), {})
  assert.deepEqual(
    read(1121, {
      EventData: [
        ['Path', ''],
        ['Path', 'a'],
        ['Path', 'b'],
      ],
    }),
    { Path: 'a' },
  )
  assert.deepEqual(read(1121, { EventData: [['Path', '  a\t']] }), { Path: '  a\t' })
  assert.deepEqual(read(1121, { UserData: [['Path', 'u']] }), { Path: 'u' })
})

test('a rule GUID has no braces and is in upper case', () => {
  const guid = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
  for (const written of [guid, guid.toLowerCase(), `{${guid}}`, ` { ${guid.toLowerCase()} } `, `\t{${guid}}\r\n`]) {
    assert.equal(normaliseGuid(written), guid)
  }
  assert.equal(normaliseGuid(`{${guid}}:{${guid}}`), `${guid}:${guid}`)
  assert.equal(read(1121, { EventData: [['ID', '{}']] }).ID, undefined)
  assert.ok(isGuid(guid) && isGuid(guid.toLowerCase()))
  for (const text of ['', `{${guid}}`, `${guid}0`, guid.slice(1), guid.replace('D', 'G')]) assert.ok(!isGuid(text))
})

test('a GUID of a million braces is normalised, and does not hang', () => {
  const normaliseAll = () => {
    for (const piece of ['}', '{', ' ', '} ', '\n}']) normaliseGuid(`x${piece.repeat(1_000_000)}x`)
  }
  // Quadratic time would be hours: unlike the limit of a test, this one interrupts a regular expression.
  runInNewContext('normaliseAll()', { normaliseAll }, { timeout: 60_000 })
})

test('a 5007 names the rule of its value name, in the new value before the old, and only a rule', () => {
  const path = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules'
  const [a, b] = ['D4F940AB-401B-4EFC-AADC-AD5F3C50688A', '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2']
  const ID = (before: string, now: string) =>
    read(5007, {
      EventData: [
        ['Old Value', before],
        ['New Value', now],
      ],
    }).ID
  assert.equal(ID('', `${path}\\{${a.toLowerCase()}} = 0x1`), a)
  assert.equal(ID(`${path}\\${a} = 0x1`, ''), a)
  assert.equal(ID(`${path}\\${a} = 0x1`, `${path}\\${b} = 0x1`), b)
  assert.equal(ID('', `${path.replace('\\Rules', '\\ASROnlyExclusions')}\\C:\\${a} = 0x0`), undefined)
  assert.equal(ID('', 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features\\Controls\\48 = 0x1'), undefined)
  assert.equal(ruleOfValue(null), null)
  assert.equal(ruleOfValue(`${path}\\${a} =`), a)
  assert.equal(ruleOfValue(`${path}\\${a}x = 0x1`), null)
})

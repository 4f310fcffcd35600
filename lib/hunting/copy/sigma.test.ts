import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseDocument } from 'yaml'
import schema from './fixtures/sigma-detection-rule-schema.json' with { type: 'json' }
import { copySigma } from './sigma.ts'
import { sigmaText } from './sigma-text.ts'
import { always, equals, hostileSelections, textOf, wildcard } from './testing.ts'
import { modifiedParts } from './testing-sigma.ts'
import { likeText, partsOf, type Text } from './text.ts'
import { yamlText } from './yaml-text.ts'

const ajv = new Ajv2020({ strict: false })
ajv.addFormat('uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const { $schema: _, ...rules } = schema
const validate = ajv.compile(rules)

type Rule = { id: string; title: string; detection: Record<string, object | object[] | string>; fields: string[] }

/** The rule that YAML 1.2 reads from a text, which must be valid and without warnings. */
function ruleOf(text: string): Rule {
  const document = parseDocument(text, { strict: true, uniqueKeys: true })
  assert.deepEqual([...document.errors, ...document.warnings], [], text)
  const rule: Rule = document.toJS()
  const isValid: boolean = validate(rule)
  assert.ok(isValid, JSON.stringify(validate.errors))
  return rule
}

const detection = (...columns: Parameters<typeof always>) => ruleOf(textOf(copySigma(always(...columns)))).detection

test('the schema refuses what is not a rule', () => {
  assert.equal(validate({ title: 'x', logsource: {} }), false)
  assert.equal(validate({ ...ruleOf(textOf(copySigma(always(equals('Path', 'x'))))), id: 'x' }), false)
})

test('a stack becomes one selection by Data names without blanks, and a missing field null or empty', () => {
  const text = textOf(
    copySigma({
      columns: [
        equals('dest', 'pc-7'),
        equals('EventCode', '1121'),
        equals('Process_Name', 'C:\\Office\\WINWORD.EXE'),
        wildcard('Path', '*\\a*.vbs'),
        wildcard('Parent_Commandline', '*"x y"*'),
        equals('Target_Commandline', null),
      ],
      from: 0,
      to: null,
    }),
  )
  assert.match(text, /^# Sigma has no time range: /)
  const rule = ruleOf(text)
  assert.deepEqual(rule.detection, {
    selection: {
      EventID: 1121,
      Computer: 'pc-7',
      ProcessName: 'C:\\Office\\WINWORD.EXE',
      Path: '*\\a*.vbs',
      'ParentCommandline|contains': '"x y"',
    },
    selection_no_TargetCommandline: [{ TargetCommandline: null }, { TargetCommandline: '' }],
    condition: 'selection and selection_no_TargetCommandline',
  })
  assert.deepEqual(rule.fields, [
    'Computer',
    'EventID',
    'ProcessName',
    'Path',
    'ParentCommandline',
    'TargetCommandline',
  ])
})

test('events that log a column under other names are further selections', () => {
  assert.deepEqual(detection(equals('mode', 'block'), equals('Path', 'x')), {
    selection_1: { EventID: 1121, Path: 'x' },
    selection_2: { EventID: 1126, Destination: 'x' },
    selection_3: { EventID: [1131, 1133], Target: 'x' },
    condition: '(selection_1) or (selection_2) or (selection_3)',
  })
})

test('the rule of a 5007 is found in its values, and a 5007 without a rule by what they do not contain', () => {
  const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
  const found = detection(equals('EventCode', '5007'), equals('ID', office))
  assert.equal(found.condition, 'selection and selection_any_1')
  assert.deepEqual((found.selection_any_1 as object[])[0], { 'NewValue|contains': `\\${office}` })
  const none = detection(equals('EventCode', '5007'), equals('ID', null))
  assert.equal(none.condition, 'selection and not selection_none_1')
})

test('one selection has one id, and others have others', () => {
  const id = (value: string) => ruleOf(textOf(copySigma(always(equals('Path', value))))).id
  assert.equal(id('a'), id('a'))
  const some = Array.from({ length: 1000 }, (_, at) => id(`C:\\${at}.exe`))
  assert.equal(new Set(some).size, some.length)
  for (const each of some) assert.match(each, /^.{14}8.{4}[89ab]/)
})

test('wildcards and backslashes are escaped as the specification says', () => {
  const like = (pattern: string) => sigmaText(likeText(pattern))
  const exactly = (value: string) => sigmaText({ kind: 'equals', value })
  for (const [written, value] of [
    [exactly('C:\\a'), 'C:\\a'],
    [exactly('C:\\a*?'), 'C:\\a\\*\\?'],
    [exactly('C:\\*'), 'C:\\\\\\*'],
    [exactly('\\\\server\\a'), '\\\\\\\\server\\a'],
    [exactly('a\\'), 'a\\'],
    [like('C:\\*\\x'), 'C:\\\\*\\x'],
    [like('a?*b'), 'a\\?*b'],
  ] as const)
    assert.deepEqual(written, { modifier: '', value })
  assert.deepEqual(like('*\\x.exe'), { modifier: '|endswith', value: '\\x.exe' })
  assert.deepEqual(like('C:\\*'), { modifier: '|startswith', value: 'C:\\' })
  assert.deepEqual(like('*a*'), { modifier: '|contains', value: 'a' })
  assert.deepEqual(like('*'), { modifier: '', value: '?*' })
})

test('a scalar is read back as the same text, whatever it looks like', () => {
  for (const text of [
    'null',
    '~',
    '1',
    'yes',
    "it's",
    '"',
    ' a ',
    '- a',
    'a: b',
    '# a',
    '!x',
    '&a',
    '*a',
    '{a',
    '%a',
    '@a',
  ])
    assert.equal(parseDocument(`- ${yamlText(text)}`).toJS()[0], text)
  for (const text of [
    '\0',
    'a\nb',
    'a\r\n',
    '\t',
    '\x85',
    '\u2028',
    '\ufeff',
    '\u{e0041}',
    '\ufffe',
    '\\\n"',
    '\x7f',
    '\x9f',
  ]) {
    assert.doesNotMatch(yamlText(text), /[^\x20-\x7e]/)
    assert.equal(parseDocument(`- ${yamlText(text)}`).toJS()[0], text)
  }
})

/** What a rule asks of each field: the parts of its texts. */
function asked({ detection }: Rule): string[] {
  const maps = Object.values(detection).flatMap((each) => (typeof each === 'string' ? [] : each)) as object[]
  return maps.flatMap((map) =>
    Object.entries(map).flatMap(([key, value]) => {
      const [field, modifier] = key.split('|')
      const isText = typeof value === 'string' && value !== '' && value !== '?*'
      return isText ? [JSON.stringify([field, modifiedParts(modifier, value)])] : []
    }),
  )
}

test('any value makes a valid rule that has the same texts', () => {
  for (const selection of hostileSelections(2, 400)) {
    const text = textOf(copySigma(selection))
    const found = asked(ruleOf(text))
    for (const { column, value, match } of selection.columns) {
      if (value === null || column === 'EventCode') continue
      const wanted: Text = match === 'wildcard' ? likeText(value) : { kind: 'equals', value }
      const parts = partsOf(wanted)
      if (parts.every((part) => part === '')) continue
      const names = { dest: ['Computer'], Path: ['Path', 'Destination', 'Target'] } as Record<string, string[]>
      const fields = names[column] ?? [column.replace('_', '')]
      assert.ok(
        fields.some((field) => found.includes(JSON.stringify([field, parts]))),
        `${column} ${JSON.stringify(parts)}\n${text}`,
      )
    }
  }
})

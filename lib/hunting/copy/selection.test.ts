import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataName } from '#lib/asr/canonical.ts'
import { copyForms } from './forms.ts'
import { codesOf } from './plan.ts'
import { selectionOf } from './selection.ts'
import { always, equals, hostileSelections, wildcard } from './testing.ts'
import { fitsText, likeText } from './text.ts'

const field = (column: string, step = 'exact') => ({ column, step, value: 'x', isWildcard: false })

test('a stack by fields of events becomes a selection, and one by other fields is refused', () => {
  assert.deepEqual(selectionOf([field('dest'), { ...field('Path'), isWildcard: true }], 1, null), {
    columns: [equals('dest', 'x'), wildcard('Path', 'x')],
    from: 1,
    to: null,
  })
  assert.deepEqual(selectionOf([field('Path', 'folder')], null, null), {
    refused: 'Path is grouped by the step "folder" of its detail ladder, which no event contains.',
  })
  for (const column of ['group', 'upload', 'toString'])
    assert.deepEqual(selectionOf([field(column)], null, null), {
      refused: `${column} exists only in ASR Hunt: no event contains it.`,
    })
})

test('EventCode, mode and feature choose codes together, with wildcards and without regard to case', () => {
  assert.deepEqual(codesOf([wildcard('EventCode', '112*'), equals('mode', 'block')]), [1121, 1126])
  assert.deepEqual(codesOf([equals('feature', 'POLICY'), wildcard('mode', '*dit')]), [1132, 1134])
  assert.deepEqual(codesOf([equals('EventCode', '112*')]), [])
})

test('a pattern fits as the filters of ASR Hunt do', () => {
  for (const [pattern, text, fits] of [
    ['a*c', 'ABC', true],
    ['ab*ba', 'aba', false],
    ['*b*', 'abc', true],
    ['a', 'A', true],
    ['*', '', true],
    ['a*b*c', 'axc', false],
  ] as const)
    assert.equal(fitsText(likeText(pattern), text), fits, pattern)
})

test('the Data name of a field is that of the template', () => {
  assert.equal(dataName(1126, 'Path'), 'Destination')
  assert.equal(dataName(1134, 'ID'), 'Policy Rule Id')
  assert.equal(dataName(1129, 'Parent_Commandline'), null)
  assert.equal(dataName(5007, 'New_Value'), 'New Value')
})

const refusals = (...columns: Parameters<typeof always>) =>
  copyForms.map(({ copy }) => {
    const copied = copy(always(...columns))
    return 'refused' in copied ? copied.refused : null
  })

test('every form refuses what no event can have, in the same words', () => {
  for (const [columns, why] of [
    [[equals('dest', null)], 'dest is never missing.'],
    [[equals('mode', null)], 'mode is never missing.'],
    [[equals('Path', '\ud800')], 'Path contains half a character (a lone surrogate), which no query can contain.'],
    [[equals('EventCode', '1122'), equals('mode', 'block')], 'No EventCode has all of EventCode, mode.'],
    [
      [equals('EventCode', '1129'), equals('Target_Commandline', 'x')],
      'No EventCode has all of EventCode, Target_Commandline.',
    ],
  ] as const)
    assert.deepEqual(
      refusals(...columns),
      copyForms.map(() => why),
    )
})

test('no form contains a line break or another control character of a value', () => {
  const calm = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, 'x')
  for (const selection of hostileSelections(9, 300)) {
    const columns = selection.columns.map((each) => ({ ...each, value: each.value === null ? null : calm(each.value) }))
    for (const { key, copy } of copyForms) {
      const [copied, calmed] = [copy(selection), copy({ ...selection, columns })]
      if ('refused' in copied || 'refused' in calmed) continue
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      assert.doesNotMatch(copied.text, /[\0-\x09\x0b-\x1f\x7f]/, key)
      // `where` of SPL is a line of its own; each other line begins with our own text, so none can be added.
      const lines = (text: string) => text.replace('\n| where', ' | where').split('\n').length
      assert.equal(lines(copied.text), lines(calmed.text), `${key}\n${copied.text}`)
    }
  }
})

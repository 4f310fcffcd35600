import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { By } from '#lib/hunting/definition.ts'
import { firstChoices, hostsIn, patternsOf, stepsFrom } from './draft.ts'

const by: By[] = [
  { column: 'ID', step: 'exact' },
  { column: 'Process_Name', step: 'normalised' },
  { column: 'Path', step: 'exact' },
]
const stacks = [
  { values: ['A', 'c:\\a\\x.exe', 'C:\\T\\1.txt'] },
  { values: ['A', 'c:\\a\\x.exe', 'C:\\T\\2.txt'] },
  { values: ['A', 'c:\\a\\x.exe', null] },
]

test('stacks are decided as they are shown unless something else is chosen', () => {
  const decided = patternsOf(by, firstChoices(by), stacks)
  assert.equal(decided.length, 3)
  assert.deepEqual(decided[2], [
    { column: 'ID', step: 'exact', value: 'A', isWildcard: false },
    { column: 'Process_Name', step: 'normalised', value: 'c:\\a\\x.exe', isWildcard: false },
    { column: 'Path', step: 'exact', value: null, isWildcard: false },
  ])
})

test('what is left out or merged makes fewer decisions', () => {
  const any = { kind: 'any' } as const
  assert.equal(patternsOf(by, [{ kind: 'value', step: 'exact' }, any, any], stacks).length, 1)
  assert.equal(patternsOf(by, [any, any, any], stacks).length, 0)
  const folders = patternsOf(by, [any, any, { kind: 'value', step: 'folder' }], stacks)
  assert.deepEqual(
    folders.flat().map(({ step, value }) => [step, value]),
    [
      ['folder', 'c:\\t'],
      ['folder', null],
    ],
  )
  const patterns = patternsOf(by, [any, any, { kind: 'pattern', text: 'C:\\T\\*' }], stacks)
  assert.deepEqual(patterns, [[{ column: 'Path', step: 'exact', value: 'C:\\T\\*', isWildcard: true }]])
})

test('steps that can be chosen from a step, and hosts of a text', () => {
  assert.deepEqual(stepsFrom({ column: 'Path', step: 'exact' }), ['exact', 'normalised', 'folder', 'name'])
  assert.deepEqual(stepsFrom({ column: 'Path', step: 'folder' }), ['folder'])
  assert.deepEqual(stepsFrom({ column: 'User', step: 'exact' }), ['exact'])
  assert.deepEqual(hostsIn(' a, b*\n\n c '), ['a', 'b*', 'c'])
})

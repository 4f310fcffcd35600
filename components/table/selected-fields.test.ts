import assert from 'node:assert/strict'
import { test } from 'node:test'
import { selectionOf } from '#lib/hunting/copy/selection.ts'
import { selectedFields } from './selected-fields.ts'

const row = { dest: 'WS-1', ID: 'NULL', EventCode: 1121, Path: 'x', User: 'u', firstTime: 1, lastTime: 2 }

test('a row of a detection is found by what it is grouped by, an event by its own fields, and changes by nothing', () => {
  const block = selectedFields(row, 'block', null)
  assert.deepEqual(
    block.fields.map(({ column, value }) => [column, value]),
    [
      ['dest', 'WS-1'],
      ['Path', 'x'],
      ['ID', null],
      ['EventCode', '1121'],
    ],
  )
  assert.deepEqual([block.from, block.to], [1, 2])
  const { fields, from, to } = selectedFields({ dest: 'WS-1', User: null, _time: 5 }, null, null)
  assert.deepEqual(
    fields.map(({ column, value }) => [column, value]),
    [
      ['dest', 'WS-1'],
      ['User', null],
    ],
  )
  assert.deepEqual([from, to], [5, 5])
  assert.deepEqual(selectedFields({ dest: 'WS-1', New_Registry_Value: 'x' }, 'registry', null).fields, [])
})

test('a stack is found by its fields with their steps, and refused if a step merges', () => {
  const { fields } = selectedFields(row, null, [
    { column: 'Path', step: 'normalised' },
    { column: 'EventCode', step: 'exact' },
  ])
  assert.deepEqual(
    fields.map(({ column, step }) => [column, step]),
    [
      ['Path', 'normalised'],
      ['EventCode', 'exact'],
    ],
  )
  assert.ok('refused' in selectionOf(fields, 1, 2))
})

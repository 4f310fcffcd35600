import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moved, nextStep, presetOf, withColumn, without, withStep } from './by.ts'
import { type By, defaultBy, presets } from './definition.ts'

const by: By[] = [
  { column: 'ID', step: 'exact' },
  { column: 'Process_Name', step: 'normalised' },
  { column: 'Path', step: 'name' },
]
const names = (of: readonly By[]) => of.map(({ column }) => column).join()

test('a field is removed, unless it is the last one', () => {
  assert.equal(names(without(by, 1)), 'ID,Path')
  assert.equal(names(without(by.slice(0, 1), 0)), 'ID')
})

test('a field is moved to any place, and its step goes along', () => {
  assert.deepEqual(moved(by, 2, 0)[0], by[2])
  assert.equal(names(moved(by, 0, 2)), 'Process_Name,Path,ID')
  assert.equal(names(moved(by, 9, 0)), 'ID,Process_Name,Path')
})

test('steps of a ladder end at exact and at name, and other fields have none', () => {
  assert.equal(nextStep({ column: 'Path', step: 'exact' }, 'finer'), null)
  assert.equal(nextStep({ column: 'Path', step: 'exact' }, 'coarser'), 'normalised')
  assert.equal(nextStep({ column: 'Path', step: 'name' }, 'finer'), 'folder')
  assert.equal(nextStep({ column: 'Path', step: 'name' }, 'coarser'), null)
  assert.equal(nextStep({ column: 'User', step: 'exact' }, 'coarser'), null)
  assert.deepEqual(withStep(by, 1, 'folder')[1], { column: 'Process_Name', step: 'folder' })
})

test('a field is added at the end, normalised if it has a ladder', () => {
  assert.deepEqual(withColumn(by, 'User').at(-1), { column: 'User', step: 'exact' })
  assert.deepEqual(withColumn([], 'Target_Commandline'), [{ column: 'Target_Commandline', step: 'normalised' }])
})

test('a preset is known by its fields, their order and their steps', () => {
  for (const preset of presets) {
    const others = presets.filter((other) => other !== preset && presetOf(other.by) === preset)
    assert.equal(presetOf(preset.by)?.key, preset.key)
    assert.deepEqual(others, [])
  }
  assert.equal(presetOf(defaultBy), presets[0])
  assert.equal(presetOf(by), undefined)
  assert.equal(presetOf(withStep(defaultBy, 1, 'exact')), undefined)
})

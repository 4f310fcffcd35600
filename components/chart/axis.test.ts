import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axisFigures } from './axis.ts'

test('an axis goes in round steps from 0 to the first that is not below the greatest figure', () => {
  assert.deepEqual(axisFigures(0, 3), [0, 1])
  assert.deepEqual(axisFigures(1, 3), [0, 1])
  assert.deepEqual(axisFigures(7, 3), [0, 5, 10])
  assert.deepEqual(axisFigures(150, 3), [0, 50, 100, 150])
  assert.deepEqual(axisFigures(151, 3), [0, 100, 200])
  assert.deepEqual(axisFigures(1_204_311, 2), [0, 1_000_000, 2_000_000])
  assert.deepEqual(axisFigures(90, 1), [0, 100])
})

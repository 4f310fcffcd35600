import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostSorts } from '#lib/params/limits.ts'
import { withoutSort, withSort } from './sorts.ts'

const count = { column: 'count', descending: true }
const dest = { column: 'dest', descending: false }

test('a column is added at the end, then turned round, then removed', () => {
  const added = withSort([count], 'dest', false)
  assert.deepEqual(added, [count, dest])
  const turned = withSort(added, 'dest', false)
  assert.deepEqual(turned, [count, { ...dest, descending: true }])
  assert.deepEqual(withSort(turned, 'dest', false), [count])
  assert.deepEqual(withSort(added, 'count', true), [{ ...count, descending: false }, dest])
  assert.deepEqual(withoutSort(added, 'count'), [dest])
})

test('the only column is turned round for ever, and an order that is full stays', () => {
  const once = withSort([count], 'count', true)
  assert.deepEqual(once, [{ ...count, descending: false }])
  assert.deepEqual(withSort(once, 'count', true), [count])
  const full = Array.from({ length: mostSorts }, (_, index) => ({ column: `c${index}`, descending: false }))
  assert.deepEqual(withSort(full, 'dest', false), full)
})

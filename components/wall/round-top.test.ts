import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roundTop } from './round-top.ts'

test('an axis ends at a round figure whose half is round too', () => {
  assert.deepEqual([0, 4, 5, 9, 48, 61, 163, 250, 2001].map(roundTop), [4, 4, 6, 10, 60, 80, 200, 300, 3000])
})

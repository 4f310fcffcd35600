import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRate } from './rate.ts'

test('so many at once, and then one after the other, for each key by itself', () => {
  const rate = openRate(3, 3000)
  for (let n = 0; n < 3; n++) assert.equal(rate.take('a', 0), 0)
  assert.deepEqual([rate.take('a', 0), rate.wait('a', 0), rate.take('a', 400)], [1000, 1000, 600])
  assert.deepEqual([rate.wait('b', 0), rate.take('b', 0)], [0, 0])
  assert.deepEqual([rate.take('a', 1000), rate.take('a', 1000)], [0, 1000])
  // After a pause there are no more than at first.
  for (let n = 0; n < 3; n++) assert.equal(rate.take('a', 1_000_000), 0)
  assert.equal(rate.take('a', 1_000_000), 1000)
})

test('memory does not grow with the keys, and a key in use is not forgotten for unused ones', () => {
  const rate = openRate(1, 1000)
  for (let n = 0; n < 9999; n++) rate.take(`unused ${n}`, 0)
  rate.take('used', 5000)
  rate.take('next', 5001)
  assert.equal(rate.wait('used', 5001), 999)
  for (let n = 0; n < 20_000; n++) rate.take(`other ${n}`, 5002)
  assert.equal(rate.wait('used', 5002), 0, 'the oldest is forgotten')
  assert.ok(rate.wait('other 19999', 5002) > 0)
})

test('a clock that is set back makes nobody wait longer than before', () => {
  const rate = openRate(2, 2000)
  const later = 1_000_000_000
  for (let n = 0; n < 2; n++) rate.take('a', later)
  assert.equal(rate.wait('a', 5000), 1000)
  assert.equal(rate.take('a', 5400), 600)
  assert.deepEqual([rate.take('a', 6000), rate.take('a', 6000)], [0, 1000])
})

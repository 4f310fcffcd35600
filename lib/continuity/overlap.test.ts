import assert from 'node:assert/strict'
import { test } from 'node:test'
import { overlapOf } from './overlap.ts'

const hour = 3_600_000

/** A run of one record an hour. */
const run = (firstId: number, lastId: number, hours: number) => ({
  firstId,
  lastId,
  firstTime: hours * hour,
  lastTime: (hours + lastId - firstId) * hour,
})

test('two logs that overlap have the records of the ids in common', () => {
  const overlap = overlapOf([run(1, 50, 0)], [run(31, 90, 30)])
  assert.deepEqual(overlap, { both: 20, onlyA: 30, onlyB: 40, filledA: 0, filledB: 0 })
})

test('the same ids of another life of the log are other records', () => {
  const overlap = overlapOf([run(1, 50, 0)], [run(1, 30, 60)])
  assert.deepEqual(overlap, { both: 0, onlyA: 50, onlyB: 30, filledA: 0, filledB: 0 })
  const second = overlapOf([run(1, 50, 0), run(1, 10, 60)], [run(1, 30, 60)])
  assert.deepEqual(second, { both: 10, onlyA: 50, onlyB: 20, filledA: 0, filledB: 0 })
})

test('what is missing in one log and is in the other is reported', () => {
  const overlap = overlapOf([run(1, 20, 0), run(31, 50, 30)], [run(11, 45, 10)])
  assert.deepEqual(overlap, { both: 25, onlyA: 15, onlyB: 10, filledA: 10, filledB: 0 })
  const turned = overlapOf([run(11, 45, 10)], [run(1, 20, 0), run(31, 50, 30)])
  assert.deepEqual(turned, { both: 25, onlyA: 10, onlyB: 15, filledA: 0, filledB: 10 })
})

test('logs without a record in common, or without any, have none', () => {
  assert.deepEqual(overlapOf([run(1, 5, 0)], []), { both: 0, onlyA: 5, onlyB: 0, filledA: 0, filledB: 0 })
  assert.deepEqual(overlapOf([run(1, 5, 0)], [run(9, 9, 8)]), { both: 0, onlyA: 5, onlyB: 1, filledA: 0, filledB: 0 })
})

test('logs in too many orders at once are not compared', () => {
  const tangled = Array.from({ length: 100 }, (_, index) => run(10 * index + 1, 10 * index + 2, 1000 - 10 * index))
  assert.equal(overlapOf(tangled, [run(1, 5, 0)]), null)
})

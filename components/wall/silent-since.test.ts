import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentSince } from './silent-since.ts'

const hour = 3_600_000
const end = Date.UTC(2026, 10, 20, 14)
const points = Array.from({ length: 24 }, (_, index) => ({ time: end - (23 - index) * hour }))

test('blank hours at the end of the chart are explained by the time of the newest event', () => {
  assert.equal(silentSince(points, end - hour - 1, 'UTC'), '12:59')
  assert.equal(silentSince(points, end - 2 * hour, 'Europe/Berlin'), '13:00')
  assert.equal(silentSince(points, end - hour, 'UTC'), null, 'the hour that has just begun may have none yet')
  assert.equal(silentSince(points, end + 1, 'UTC'), null)
  assert.equal(silentSince(points, null, 'UTC'), null)
  assert.equal(silentSince([], end, 'UTC'), null)
})

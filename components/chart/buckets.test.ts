import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { axisText, axisTimes, bucketsOf, bucketText, marksChanges, spikesOf } from './buckets.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 20)

const point = (time: number, audit: number, configuration = 0): TimelinePoint => ({
  time,
  block: 0,
  audit,
  override: 0,
  configuration,
})
const hours = (count: number) => Array.from({ length: count }, (_, index) => point(start + index * hour, index))

test('neighbours are added together when there are more bars than can be distinguished, and nothing is lost', () => {
  const { points, length } = bucketsOf({ bucket: 'hour', points: hours(100) }, 40)
  assert.equal(length, 3 * hour)
  assert.equal(points.length, 34)
  assert.equal(
    points.reduce((sum, { audit }) => sum + audit, 0),
    (99 * 100) / 2,
  )
  assert.deepEqual(bucketsOf({ bucket: 'day', points: [] }, 40), { points: [], length: day })
})

test('a bar says its span: the day if the zone begins its days as the bar does, else from when to when', () => {
  assert.equal(bucketText(start, day, 'UTC'), '2026-11-20')
  assert.equal(bucketText(start, 7 * day, 'UTC'), '2026-11-20 – 2026-11-26')
  assert.equal(bucketText(start, day, 'Europe/Berlin'), '2026-11-20 01:00 – 2026-11-21 01:00')
  assert.equal(bucketText(start + 14 * hour, hour, 'UTC'), '2026-11-20 14:00 – 15:00')
})

test('the axis names round hours of the zone, and midnight by its day', () => {
  const buckets = bucketsOf({ bucket: 'hour', points: hours(24) }, 200)
  assert.deepEqual(
    axisTimes(buckets, 'Europe/Berlin', 8).map((time) => axisText(time, hour, 'Europe/Berlin')),
    ['03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '11-21'],
  )
})

test('days are named every so many, at most as many as asked for', () => {
  const points = Array.from({ length: 30 }, (_, index) => point(start + index * day, 1))
  const times = axisTimes(bucketsOf({ bucket: 'day', points }, 200), 'UTC', 12)
  assert.ok(times.length <= 12)
  assert.equal(axisText(times[1] ?? 0, day, 'UTC'), '2026-11-23')
})

test('a spike is a bar at least twice as high as nearly all others, and never a small one', () => {
  const usual = Array.from({ length: 29 }, (_, index) => point(start + index * day, index % 7 < 5 ? 100 : 30))
  const high = point(start + 29 * day, 250)
  assert.deepEqual(spikesOf([...usual, high]), [high])
  assert.deepEqual(spikesOf(usual), [])
  assert.deepEqual(spikesOf([...Array.from({ length: 20 }, (_, index) => point(index, 1)), point(20, 9)]), [])
})

test('configuration changes are marked if they are rare', () => {
  assert.equal(marksChanges([point(0, 1, 1), point(1, 1), point(2, 1)]), true)
  assert.equal(marksChanges([point(0, 1, 1), point(1, 1, 1), point(2, 1)]), false)
  assert.equal(marksChanges([point(0, 1)]), false)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { detectionOf, paramsOf, timelineOf } from './testing.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.parse('2026-03-02T08:00:00Z')
const iso = (ms: number): string => new Date(ms).toISOString()
const open = openFixture()
after(() => open.close())
open.add([0, 1, 5 * 24].map((hours) => event(1121, 'PC1', start + hours * hour)))
const bucketOf = async (query: string, fixture = open) =>
  (await timelineOf(fixture.reads, paramsOf('events', query))).bucket

test('a range of four days is drawn hour by hour, a longer one day by day', async () => {
  for (const query of ['', '&dest=PC1', '&User=a*']) {
    assert.equal(await bucketOf(`from=${iso(start)}&to=${iso(start + 4 * day)}${query}`), 'hour')
    assert.equal(await bucketOf(`from=${iso(start)}&to=${iso(start + 4 * day + 1)}${query}`), 'day')
  }
})

test('of a range that is open, the hours of the oldest and of the newest event are its ends', async () => {
  assert.equal(await bucketOf(''), 'day')
  assert.equal(await bucketOf(`from=${iso(start + day)}`), 'hour')
  assert.equal(await bucketOf(`from=${iso(start + day - 1)}`), 'day')
  assert.equal(await bucketOf(`to=${iso(start + 4 * day)}`), 'hour')
  assert.equal(await bucketOf(`to=${iso(start + 4 * day + 1)}`), 'day')
  const within = openFixture()
  within.add([event(1121, 'PC1', start), event(1121, 'PC1', start + 4 * day + hour - 1)])
  assert.equal(await bucketOf('', within), 'hour')
  await within.close()
})

test('a range has a point for each hour from its start to its end, also before and after the first event', async () => {
  const points = async (query: string) =>
    (await timelineOf(open.reads, paramsOf('events', query), 'hour')).points.map(({ time, block }) => [time, block])
  const edges = [
    [start - 2 * hour, 0],
    [start - hour, 0],
    [start, 1],
    [start + hour, 1],
    [start + 2 * hour, 0],
  ]
  assert.deepEqual(await points(`from=${iso(start - 2 * hour)}&to=${iso(start + 3 * hour - 1)}`), edges)
  assert.deepEqual(await points(`from=${iso(start - 2 * hour + 5)}&to=${iso(start + 2 * hour)}`), edges)
  assert.deepEqual(await points(`from=${iso(start + 3 * hour)}&to=${iso(start + 3 * hour)}`), [[start + 3 * hour, 0]])
})

test('empty buckets are drawn up to 5000 points; a longer timeline has only the buckets with events', async () => {
  const lengthOf = async (hours: number) => {
    const to = iso(start + hours * hour - 1)
    return (await timelineOf(open.reads, paramsOf('events', `from=${iso(start)}&to=${to}`), 'hour')).points.length
  }
  assert.deepEqual([await lengthOf(5000), await lengthOf(5001)], [5000, 3])
})

test('a timeline of a stack counts only its events, also in whole hours', async () => {
  const fixture = openFixture()
  fixture.add([event(1121, 'PC1', start), event(1121, 'PC2', start), event(1122, 'PC1', start)])
  const { rows } = await detectionOf(fixture.reads, 'block', paramsOf('block', 'dest=PC1'))
  const { points } = await timelineOf(fixture.reads, paramsOf('block', `stack=${rows[0]?.stack}`), 'hour')
  assert.deepEqual(points, [{ time: start, block: 1, audit: 0, override: 0, configuration: 0 }])
  await fixture.close()
})

test('of an hour that is cut by an end of the range, only the events in the range count', async () => {
  const fixture = openFixture()
  fixture.add([-1, 0, 1, hour - 1, hour].map((ms) => event(1121, 'PC1', start + ms)))
  const counted = async (from: number, to: number) => {
    const query = `from=${iso(start + from)}&to=${iso(start + to)}`
    return (await timelineOf(fixture.reads, paramsOf('events', query), 'hour')).points.map(({ block }) => block)
  }
  assert.deepEqual(await counted(-hour, 0), [1, 1])
  assert.deepEqual(await counted(0, hour - 1), [3])
  assert.deepEqual(await counted(0, hour - 2), [2])
  assert.deepEqual(await counted(1, hour), [2, 1])
  await fixture.close()
})

test('an event before 1970 is in the hour and the day that it happened in', async () => {
  const fixture = openFixture()
  fixture.add([-1, -hour, -day, -day - 1].map((time) => event(1121, 'PC1', time)))
  for (const query of ['', 'User=NULL']) {
    const points = async (bucket: 'hour' | 'day') =>
      (await timelineOf(fixture.reads, paramsOf('events', query), bucket)).points
        .filter(({ block }) => block > 0)
        .map(({ time, block }) => [time, block])
    assert.deepEqual(await points('hour'), [
      [-day - hour, 1],
      [-day, 1],
      [-hour, 2],
    ])
    assert.deepEqual(await points('day'), [
      [-2 * day, 1],
      [-day, 3],
    ])
  }
  await fixture.close()
})

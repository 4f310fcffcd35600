import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WallData } from '#lib/model/rows.ts'
import { connectionAge, dataAge } from './freshness.ts'
import type { Feed } from './use-feed.ts'

const now = Date.UTC(2026, 10, 20, 14, 2)
const minute = 60_000
const feed = (link: Feed['link'], silentFor: number, newestEvent: number | null = now): Feed => ({
  data: { newestEvent, newestUpload: null } as WallData,
  link,
  heardAt: now - silentFor,
  skew: 0,
})

test('a connection grows amber and then red with its silence, and says so in words', () => {
  assert.deepEqual(connectionAge(feed('live', 4000), now, 'UTC'), { alarm: 'fine', words: 'live, 4 s ago' })
  assert.deepEqual(connectionAge(feed('live', 30_000), now, 'UTC'), { alarm: 'amber', words: 'silent for 30 s' })
  assert.deepEqual(connectionAge(feed('live', 5 * minute), now, 'UTC'), { alarm: 'red', words: 'silent for 5 min' })
})

test('a lost connection says when it was last good, in the zone of the wall', () => {
  const lost = feed('lost', 2 * minute)
  assert.deepEqual(connectionAge(lost, now, 'Europe/Berlin'), {
    alarm: 'red',
    words: 'last good 15:00, server unreachable',
  })
  assert.equal(connectionAge(feed('lost', 1000), now, 'UTC').alarm, 'amber')
  assert.deepEqual(connectionAge(feed('unexpected', 1000), now, 'UTC'), {
    alarm: 'amber',
    words: 'last good 14:01, the server is of another version: reload this page',
  })
})

test('the age of the data is separate from that of the connection', () => {
  const day = 24 * 60 * minute
  assert.deepEqual(dataAge(feed('live', 0, now - 2 * day), now, 'now'), {
    alarm: 'amber',
    words: 'newest event 2 d ago',
  })
  assert.equal(dataAge(feed('live', 0, now - 4 * day), now, 'now').alarm, 'red')
  assert.equal(dataAge(feed('live', 0, now - 4 * day), now, 'newest').alarm, 'fine')
  assert.deepEqual(dataAge(feed('live', 0, null), now, 'now'), { alarm: 'amber', words: 'no event yet' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typedTime } from './typed-time.ts'

const iso = (text: string, tz: string, end: 'start' | 'end') => {
  const ms = typedTime(text, tz, end)
  return ms === null ? null : new Date(ms).toISOString()
}

test('a range that is typed as two dates contains both days completely', () => {
  assert.equal(iso('2026-11-20', 'UTC', 'start'), '2026-11-20T00:00:00.000Z')
  assert.equal(iso('2026-11-20', 'UTC', 'end'), '2026-11-20T23:59:59.999Z')
})

test('a time is read in the zone of the screen', () => {
  assert.equal(iso('2026-11-20 16:29:48', 'Europe/Berlin', 'start'), '2026-11-20T15:29:48.000Z')
  assert.equal(iso('2026-11-20 16:29', 'UTC', 'end'), '2026-11-20T16:29:59.999Z')
})

test('what is not a time returns null', () => {
  for (const text of ['', 'yesterday', '2026-13-01', '2026-02-30', '2026-11-20 25:00'])
    assert.equal(typedTime(text, 'UTC', 'start'), null)
})

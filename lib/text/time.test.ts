import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayText, exactTimeText, lengthText, relativeText, spanParts, spanText, timeText } from './time.ts'

const at = Date.UTC(2026, 10, 20, 16, 29, 48, 984)

test('a time is written to the second, cut and not rounded', () => {
  assert.equal(timeText(at, 'UTC'), '2026-11-20 16:29:48')
})

test('a time is written in the zone asked for', () => {
  assert.equal(timeText(at, 'Europe/Berlin'), '2026-11-20 17:29:48')
  assert.equal(timeText(at, 'Asia/Kolkata'), '2026-11-20 21:59:48')
  assert.equal(dayText(Date.UTC(2026, 10, 20, 23, 30), 'Europe/Berlin'), '2026-11-21')
})

test('midnight is 00 and not 24', () => {
  assert.equal(timeText(Date.UTC(2026, 10, 20, 23), 'Europe/Berlin'), '2026-11-21 00:00:00')
})

test('a relative time says its largest unit and its direction', () => {
  assert.equal(relativeText(at - 3 * 86_400_000 - 5, at), '3 d ago')
  assert.equal(relativeText(at + 5 * 60_000, at), 'in 5 min')
  assert.equal(relativeText(at, at), 'just now')
  assert.equal(lengthText(59_999), '59 s')
  assert.equal(lengthText(0), '0 s')
})

test('a span says a shared day once', () => {
  assert.equal(spanText(at, at + 1000, 'UTC'), '2026-11-20 16:29:48 – 16:29:49')
  assert.equal(spanText(at, at + 86_400_000, 'UTC'), '2026-11-20 16:29:48 – 2026-11-21 16:29:48')
  assert.equal(spanText(at, at, 'UTC'), '2026-11-20 16:29:48')
})

test('a span is as short as both of its ends can be read', () => {
  const day = 86_400_000
  assert.deepEqual(spanParts(at, at + 2 * day, 'UTC', 'last'), ['2026-11-20', '2026-11-22 16:29'])
  assert.deepEqual(spanParts(at, at + 2 * day, 'UTC', 'first'), ['2026-11-20 16:29', '2026-11-22'])
  assert.deepEqual(spanParts(at, at + 60_000, 'UTC', 'last'), ['2026-11-20 16:29', '16:30'])
  assert.deepEqual(spanParts(at, at + 5, 'UTC', 'last'), ['2026-11-20 16:29:48', null])
})

test('an exact time has its milliseconds and its zone', () => {
  assert.equal(
    exactTimeText(Date.UTC(2026, 10, 20, 16, 29, 48, 7), 'Europe/Berlin'),
    '2026-11-20 17:29:48.007 Europe/Berlin',
  )
})

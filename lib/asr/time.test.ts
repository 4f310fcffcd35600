import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTime } from '#lib/asr/time.ts'

const iso = (text: string): string | null => {
  const ms = parseTime(text)
  return ms === null ? null : new Date(ms).toISOString()
}

test('a time is cut to milliseconds, not rounded', () => {
  assert.equal(iso('2023-11-20T16:29:48.9847638Z'), '2023-11-20T16:29:48.984Z')
  assert.equal(iso('2019-07-29T12:13:55.999999999Z'), '2019-07-29T12:13:55.999Z')
  assert.equal(iso('2026-04-08 12:57:40.9852031'), '2026-04-08T12:57:40.985Z')
})

test('a time may have no fraction, no Z, a blank or an offset', () => {
  assert.equal(iso('1601-01-01T00:01:00Z'), '1601-01-01T00:01:00.000Z')
  assert.equal(iso('2023-11-20T16:29:48'), '2023-11-20T16:29:48.000Z')
  assert.equal(iso('2023-11-20T16:29:48.5+01:00'), '2023-11-20T15:29:48.500Z')
  assert.equal(iso('2024-06-20T20:21:15.2279837-05:30'), '2024-06-21T01:51:15.227Z')
})

test('what is not a time is null', () => {
  const wrong = [
    '',
    '2023-11-20',
    '2023-11-20T16:29',
    '2023-13-20T16:29:48Z',
    '2023-02-29T16:29:48Z',
    '1900-02-29T16:29:48Z',
    '2023-11-31T16:29:48Z',
    '2023-11-20T24:00:00Z',
    '2023-11-20T16:60:48Z',
    '2023-11-20T16:29:60Z',
    '2023-11-20T16:29:48.Z',
    '2023-11-20T16:29:48.1234567890Z',
    '2023-11-20T16:29:48ZZ',
    '2023-11-20T16:29:48+0100',
    '2023-11-20T16:29:48+24:00',
    '2023/11/20T16:29:48Z',
    '0000-01-01T00:00:00Z',
    '-023-11-20T16:29:48Z',
    ' 2023-11-20T16:29:48Z',
    '2023-11-20T16:29:4８Z',
  ]
  for (const text of wrong) assert.equal(parseTime(text), null, text)
})

test('a time reads as the platform reads it, over the years of Windows and its garbage', () => {
  for (let ms = Date.UTC(1600, 0, 1); ms < Date.UTC(2500, 0, 1); ms += 86_400_000 * 13.37 + 12_345_678) {
    const text = new Date(ms).toISOString()
    assert.equal(iso(text), text)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectOrder, readCulture } from '#lib/formats/times/culture.ts'
import { readEnglish } from '#lib/formats/times/english.ts'
import { readLocalIso } from '#lib/formats/times/local-iso.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'

const noon = Date.UTC(2023, 10, 20, 16, 29, 48)

test('a time with a known zone is read in every spelling of the exports', () => {
  for (const text of [
    '2023-11-20T16:29:48Z',
    '2023-11-20T16:29:48.0000000Z',
    '2023-11-20 16:29:48.0000000',
    '2023-11-20T17:29:48.000+01:00',
    '2023-11-20T17:29:48.000+0100',
    '2023-11-20 16:29:48 UTC',
    '/Date(1700497788000)/',
    '/Date(1700497788000+0100)/',
    '1700497788',
    '1700497788.000',
    '1700497788000',
  ]) {
    assert.equal(readStamp(text), noon, text)
  }
  assert.equal(readStamp('1700497788.98476'), noon + 984)
  for (const text of ['', 'x', '/Date(x)/', '12', '2023-11-20', '20.11.2023 16:29:48'])
    assert.equal(readStamp(text), null)
})

test('the cultures of Windows are read; two digits are no year, and no seconds no time', () => {
  for (const text of [
    '11/20/2023 4:29:48 PM',
    '11/20/2023 04:29:48 PM',
    '11/20/2023, 4:29:48 PM',
    '11/20/2023 4:29:48\u202fPM',
    '20/11/2023 16:29:48',
    '20/11/2023 04:29:48 p. m.',
    '20.11.2023 16:29:48',
    '20.11.2023 г. 16:29:48',
    '20. 11. 2023 16:29:48',
    '20-11-2023 16:29:48',
    '20-11-2023 16.29.48',
    '2023/11/20 16:29:48',
    '2023-11-20 16:29:48',
    '2023-11-20 4:29:48 PM',
    '2023-11-20 오후 4:29:48',
    '2023/11/20 下午 04:29:48',
    '\u200e11\u200e/\u200e20\u200e/\u200e2023 4:29:48 PM',
  ]) {
    assert.equal(readCulture(text, 'UTC', null), noon, text)
  }
  for (const text of [
    '20.11.23 16:29:48',
    '20.11.2023 16:29',
    '31.02.2023 10:00:00',
    '11/20/2023 13:29:48 PM',
    'gestern',
  ]) {
    assert.equal(readCulture(text, 'UTC', null), null, text)
  }
  assert.equal(readCulture('20.11.2023 17:29:48', 'Europe/Berlin', null), noon)
})

test('day and month are distinguished by the order, or not at all', () => {
  const text = '3/4/2026 10:00:00'
  assert.equal(readCulture(text, 'UTC', null), 'ambiguous')
  assert.equal(readCulture(text, 'UTC', 'month-first'), Date.UTC(2026, 2, 4, 10))
  assert.equal(readCulture(text, 'UTC', 'day-first'), Date.UTC(2026, 3, 3, 10))
  assert.equal(readCulture('4/4/2026 10:00:00', 'UTC', null), Date.UTC(2026, 3, 4, 10))
  assert.equal(detectOrder(text, 'UTC', null), null)
  assert.equal(detectOrder(text, 'UTC', Date.UTC(2026, 3, 3)), 'day-first')
  assert.equal(detectOrder(text, 'UTC', Date.UTC(2026, 2, 5)), 'month-first')
  assert.equal(detectOrder(text, 'UTC', Date.UTC(1601, 0, 1)), null)
  assert.equal(detectOrder('13/4/2026 10:00:00', 'UTC', null), 'day-first')
  assert.equal(detectOrder('4/13/2026 10:00:00', 'UTC', null), 'month-first')
  assert.equal(detectOrder('13.4.2026 10:00:00', 'UTC', null), null)
})

test('the portal and Kibana name the month', () => {
  assert.equal(readEnglish('Nov 20, 2023 4:29:48 PM', 'UTC'), noon)
  assert.equal(readEnglish('Nov 20, 2023 @ 16:29:48.000', 'UTC'), noon)
  assert.equal(readEnglish('Nov 20, 2023 @ 17:29:48.984', 'Europe/Berlin'), noon + 984)
  assert.equal(readEnglish('Nov 20, 2023 13:29:48 PM', 'UTC'), null)
  assert.equal(readEnglish('Now 20, 2023 4:29:48 PM', 'UTC'), null)
})

test('ISO without an offset is local, with one it is not', () => {
  assert.equal(readLocalIso('2023-11-20T17:29:48.000', 'Europe/Berlin'), noon)
  assert.equal(readLocalIso('2023-11-20 16:29:48Z', 'Europe/Berlin'), noon)
  assert.equal(readLocalIso('2023-11-20', 'UTC'), null)
})

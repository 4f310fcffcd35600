import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTimeZone, localToUtc } from '#lib/asr/zone.ts'

const utc = (text: string, tz: string): string => {
  const [y, mo, d, h, mi, s, ms] = text.split(/\D/).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const time = localToUtc(y, mo, d, h, mi, s, ms, tz)
  return time === null ? 'null' : new Date(time).toISOString()
}

test('a local time is converted to UTC', () => {
  assert.equal(utc('2023-11-20 16:29:48.984', 'UTC'), '2023-11-20T16:29:48.984Z')
  assert.equal(utc('2023-11-20 16:29:48.984', 'Europe/Berlin'), '2023-11-20T15:29:48.984Z')
  assert.equal(utc('2023-07-20 16:29:48.984', 'America/New_York'), '2023-07-20T20:29:48.984Z')
  assert.equal(utc('2023-07-20 16:29:48.000', 'Asia/Kolkata'), '2023-07-20T10:59:48.000Z')
})

test('an ambiguous time takes the first, a skipped time moves forward', () => {
  assert.equal(utc('2023-10-29 02:30:00.000', 'Europe/Berlin'), '2023-10-29T00:30:00.000Z')
  assert.equal(utc('2023-10-29 01:59:59.999', 'Europe/Berlin'), '2023-10-28T23:59:59.999Z')
  assert.equal(utc('2023-10-29 03:00:00.000', 'Europe/Berlin'), '2023-10-29T02:00:00.000Z')
  assert.equal(utc('2023-03-26 01:59:59.999', 'Europe/Berlin'), '2023-03-26T00:59:59.999Z')
  assert.equal(utc('2023-03-26 02:30:00.000', 'Europe/Berlin'), '2023-03-26T01:30:00.000Z')
  assert.equal(utc('2023-03-26 03:00:00.000', 'Europe/Berlin'), '2023-03-26T01:00:00.000Z')
  assert.equal(utc('2023-11-05 01:30:00.000', 'America/New_York'), '2023-11-05T05:30:00.000Z')
  assert.equal(utc('2023-03-12 02:30:00.000', 'America/New_York'), '2023-03-12T07:30:00.000Z')
})

test('odd zones: half an hour of summer time, a change at 00:01, a day that never was', () => {
  assert.equal(utc('2023-04-02 01:45:00.000', 'Australia/Lord_Howe'), '2023-04-01T14:45:00.000Z')
  assert.equal(utc('2023-10-01 02:15:00.000', 'Australia/Lord_Howe'), '2023-09-30T15:45:00.000Z')
  assert.equal(utc('2010-03-14 00:00:30.000', 'America/St_Johns'), '2010-03-14T03:30:30.000Z')
  assert.equal(utc('2010-03-14 01:01:00.000', 'America/St_Johns'), '2010-03-14T03:31:00.000Z')
  assert.equal(utc('2011-12-30 12:00:00.000', 'Pacific/Apia'), '2011-12-30T22:00:00.000Z')
  assert.equal(utc('2011-12-31 12:00:00.000', 'Pacific/Apia'), '2011-12-30T22:00:00.000Z')
})

test('what is not a date is null', () => {
  assert.equal(utc('2023-02-30 12:00:00.000', 'Europe/Berlin'), 'null')
  assert.equal(utc('2023-02-20 24:00:00.000', 'UTC'), 'null')
})

test('a zone is one that the IANA database names', () => {
  for (const tz of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])
    assert.ok(isTimeZone(tz), tz)
  for (const tz of ['', 'Mars/Olympus', '+01:00', 'Europe/ Berlin', '../etc/passwd']) assert.ok(!isTimeZone(tz), tz)
})

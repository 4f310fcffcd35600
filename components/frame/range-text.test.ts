import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultParams } from '#lib/params/defaults.ts'
import { rangeText } from './range-text.ts'

const params = defaultParams('audit')
const at = Date.UTC(2026, 10, 20, 16, 29, 48)

test('a relative range says what it is counted back from', () => {
  const last = { text: '7d', ms: 604_800_000 }
  assert.equal(rangeText({ ...params, last }), 'Last 7 days to now')
  assert.equal(rangeText({ ...params, last, anchor: 'newest' }), 'Last 7 days to the newest event')
  assert.equal(rangeText({ ...params, last, to: at }), 'Last 7 days to 2026-11-20 16:29:48')
  assert.equal(rangeText({ ...params, last: { text: '12h', ms: 1 } }), 'Last 12 hours to now')
  assert.equal(rangeText({ ...params, last: { text: '1h', ms: 1 } }), 'Last 1 hour to now')
})

test('an absolute range is written in the zone of the screen, and may be open', () => {
  assert.equal(rangeText({ ...params, from: at, tz: 'Europe/Berlin' }), 'Since 2026-11-20 17:29:48')
  assert.equal(rangeText({ ...params, to: at }), 'Until 2026-11-20 16:29:48')
  assert.equal(rangeText(params), 'All time')
})

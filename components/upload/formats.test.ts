import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatName, isThrottled } from './formats.ts'

test('a format is called what analysts call it, with what it came packed in', () => {
  assert.equal(formatName('xml'), 'XML events')
  assert.equal(formatName('evtx in zip'), 'EVTX in zip')
  assert.equal(formatName('evtxecmd-csv in gzip in tar'), 'EvtxECmd CSV in gzip in tar')
  assert.equal(formatName('something-new'), 'something-new')
  assert.equal(formatName(null), 'not known')
})

test('exports of advanced hunting are throttled, packed or not, and no others', () => {
  assert.ok(isThrottled('defender-hunting-csv'))
  assert.ok(isThrottled('defender-hunting-json in gzip'))
  assert.ok(!isThrottled('evtx') && !isThrottled(null))
})

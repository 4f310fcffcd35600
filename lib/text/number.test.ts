import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, countText, shareText, shortCountText } from './number.ts'

test('thousands are apart by a thin space', () => {
  assert.equal(countText(1_204_311), '1\u202f204\u202f311')
  assert.equal(countText(999), '999')
  assert.equal(countText(0), '0')
})

test('one is one event, everything else is events', () => {
  assert.equal(countOf(1, 'event'), '1 event')
  assert.equal(countOf(0, 'event'), '0 events')
  assert.equal(countOf(2, 'dest has', 'dests have'), '2 dests have')
})

test('a short count is cut and never says more than there is', () => {
  assert.equal(shortCountText(999), '999')
  assert.equal(shortCountText(12_399), '12.3k')
  assert.equal(shortCountText(999_999), '999k')
  assert.equal(shortCountText(1_000_000), '1M')
})

test('a share says 0 or 100 only if it is exactly that', () => {
  assert.equal(shareText(0, 10), '0 %')
  assert.equal(shareText(1, 1_000_000), '<0.1 %')
  assert.equal(shareText(999_999, 1_000_000), '99.9 %')
  assert.equal(shareText(10, 10), '100 %')
  assert.equal(shareText(1, 3), '33 %')
  assert.equal(shareText(0, 0), '0 %')
})

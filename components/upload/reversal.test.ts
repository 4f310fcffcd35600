import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reversalText } from './reversal.ts'

test('before an undo it is said whether it can be reversed, and what to do if not', () => {
  const usual = { hours: 24, isShort: false, isPart: false, isTooLarge: false }
  assert.match(reversalText(usual), /^It can be restored for 24.hours, unless space gets short\.$/)
  assert.match(reversalText({ ...usual, isPart: true }), /^This cannot be reversed.* upload the archive again/)
  assert.match(reversalText({ ...usual, hours: 0 }), /^This cannot be reversed, since UNDO_KEEP_HOURS is 0/)
  assert.match(reversalText({ ...usual, isShort: true }), /^This cannot be reversed, since the disk is nearly full/)
  assert.match(
    reversalText({ ...usual, isTooLarge: true }),
    /^This cannot be reversed, since it is more than .*INCOMING_MAX_BYTES/,
  )
})

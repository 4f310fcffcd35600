import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesText } from './bytes.ts'

test('a size is written in the unit that keeps it short', () => {
  assert.equal(bytesText(0), '0 B')
  assert.equal(bytesText(512), '512 B')
  assert.equal(bytesText(1000), '1 kB')
  assert.equal(bytesText(1536), '1.54 kB')
  assert.equal(bytesText(12_480_000), '12.5 MB')
  assert.equal(bytesText(999_999), '1 MB')
  assert.equal(bytesText(1_500_000_000), '1.5 GB')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortGuid } from './guid.ts'

test('a GUID is shortened to its first group', () => {
  assert.equal(shortGuid('D4F940AB-401B-4EFC-AADC-AD5F3C50688A'), 'D4F940AB')
  assert.equal(shortGuid('{d4f940ab-401b-4efc-aadc-ad5f3c50688a}'), 'd4f940ab')
})

test('what is not a GUID stays complete', () => {
  assert.equal(shortGuid('NULL'), 'NULL')
  assert.equal(shortGuid('D4F940AB-401B'), 'D4F940AB-401B')
  assert.equal(shortGuid('D4F940AB-401B-4EFC-AADC-AD5F3C50688'), 'D4F940AB-401B-4EFC-AADC-AD5F3C50688')
  assert.equal(shortGuid('{D4F940AB-401B-4EFC-AADC-AD5F3C50688A'), '{D4F940AB-401B-4EFC-AADC-AD5F3C50688A')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf, withoutReturns } from './lines.ts'

test('a line loses the carriage returns at its end and no others', () => {
  assert.equal(withoutReturns('a\rb\r\r'), 'a\rb')
  assert.equal(withoutReturns('\r\r'), '')
  assert.equal(withoutReturns('a'), 'a')
})

test('lines are recognized by line feeds, with any number of carriage returns before them', () => {
  assert.deepEqual(linesOf('a\r\nb\r\r\n\nc\rd\r\n\r\n'), ['a', 'b', '', 'c\rd'])
  assert.deepEqual(linesOf(''), [''])
})

test('a text of nothing but line ends is read at once', { timeout: 10_000 }, () => {
  const run = 4_000_000
  assert.equal(linesOf(`a${'\r'.repeat(run)}b`).length, 1)
  assert.equal(linesOf(`a${'\n'.repeat(run)}b`).length, run + 1)
})

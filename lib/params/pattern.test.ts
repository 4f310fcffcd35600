import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excluding, literal } from '#lib/params/link.ts'
import { filterWords } from './pattern.ts'

test('a filter says what it keeps or leaves out', () => {
  assert.deepEqual(filterWords('*\\MsSense.exe'), { excludes: false, value: '*\\MsSense.exe', isLiteral: false })
  assert.deepEqual(filterWords('!x'), { excludes: true, value: 'x', isLiteral: false })
})

test('a filter made from a value reads back as that value, whatever characters it has', () => {
  for (const value of ['C:\\a.exe', '*', '!x', '=x', '!=*', '']) {
    assert.equal(filterWords(literal(value)).value, value)
    assert.equal(filterWords(excluding(value)).value, value)
    assert.equal(filterWords(excluding(value)).excludes, true)
  }
})

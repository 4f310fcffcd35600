import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitsLower } from './fits.ts'

/** As a regular expression would say it, for short texts. */
const expected = (parts: readonly string[], text: string): boolean =>
  new RegExp(`^${parts.map((part) => part.replace(/[.]/g, '\\.')).join('[^]*')}$`).test(text)

test('a text fits the parts of a pattern if they follow one another in it and none overlaps', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'aa', 'aba', 'abab', 'bbab', 'a.b', 'aab']
  const parts = ['', 'a', 'b', 'ab', 'ba', '.']
  let patterns: string[][] = [[]]
  for (let length = 1; length <= 4; length++) {
    patterns = parts.flatMap((part) => patterns.map((each) => [...each, part]))
    for (const pattern of patterns)
      for (const text of texts)
        assert.equal(fitsLower(pattern, text), expected(pattern, text), `${pattern.join('*')} ${text}`)
  }
})

test('of a pattern with many parts no more are looked at than the text has characters', () => {
  let looked = 0
  const counted = (parts: string[]) =>
    new Proxy(parts, {
      get: (of, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) looked += 1
        return Reflect.get(of, name)
      },
    })
  const text = 'a'.repeat(500)
  for (const parts of [
    Array.from({ length: 50_000 }, () => 'a'),
    Array.from({ length: 50_000 }, (_, at) => (at === 300 ? 'b' : 'a')),
    ['', ...Array.from({ length: 50_000 }, () => 'a'), ''],
  ]) {
    looked = 0
    assert.equal(fitsLower(counted(parts), text), false)
    assert.ok(looked > 200 && looked <= text.length + 4, `${looked} parts`)
  }
})

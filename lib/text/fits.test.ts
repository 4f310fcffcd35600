import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitsLower } from './fits.ts'
import { placeOf, shortPart } from './place-of.ts'

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

test('a long part is found where indexOf finds it', () => {
  let state = 7
  const random = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
  let found = 0
  for (let round = 0; round < 300; round++) {
    // Of one or two different characters, so that most places nearly fit.
    const text = Array.from({ length: 900 }, () => 'aaaaaaaaab'[random(round % 3 === 0 ? 9 : 10)]).join('')
    const at = random(500)
    const cut = text.slice(at, at + shortPart + 1 + random(100))
    const part = round % 4 === 0 ? `${cut.slice(0, -1)}c` : cut
    const from = random(600)
    const place = placeOf(text, part, from)
    assert.equal(place, text.indexOf(part, from))
    if (place >= 0) found += 1
  }
  assert.ok(found > 50, `${found} were found`)
})

test('a long part is looked for in linear time, however alike text and part are', () => {
  let reads = 0
  class Counted extends String {
    override charCodeAt(place: number): number {
      reads += 1
      return super.charCodeAt(place)
    }
  }
  const text = new Counted('a'.repeat(32_767)) as string
  for (const part of [`${'a'.repeat(8000)}b${'a'.repeat(8000)}`, `b${'a'.repeat(8000)}`, `${'a'.repeat(8000)}b`]) {
    reads = 0
    assert.equal(placeOf(text, new Counted(part) as string, 0), -1)
    assert.ok(reads > 32_767 && reads <= 5 * (text.length + part.length), `${reads} characters`)
  }
})

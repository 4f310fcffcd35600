import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashNumbers, openKeyed } from './keyed.ts'

type Thing = { key: string; hash: number; next: Thing | null }
const thing = (key: string, hash: number): Thing => ({ key, hash, next: null })

test('things of one hash are told apart by their key', () => {
  const keyed = openKeyed<string, Thing>((a, b) => a === b)
  for (const [key, hash] of [
    ['a', 1],
    ['b', 1],
    ['c', 2],
    ['d', 1],
  ] as const)
    keyed.add(thing(key, hash))
  for (const [key, hash] of [
    ['a', 1],
    ['b', 1],
    ['c', 2],
    ['d', 1],
  ] as const)
    assert.equal(keyed.get(hash, key)?.key, key)
  assert.equal(keyed.get(1, 'c'), undefined)
  assert.equal(keyed.get(3, 'a'), undefined)
  keyed.clear()
  assert.equal(keyed.get(1, 'a'), undefined)
})

test('a hash is a whole number below 2^52, of another value for numbers in another order', () => {
  const hashes = new Set<number>()
  for (let a = 0; a < 60; a++)
    for (let b = 0; b < 60; b++) {
      const hash = hashNumbers([a, b, 1121, 0])
      assert.ok(Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 52)
      hashes.add(hash)
    }
  assert.equal(hashes.size, 3600)
})

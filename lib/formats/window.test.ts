import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dice } from '#lib/formats/testing.ts'
import { append, between, cursor, find, openWindow, release } from '#lib/formats/window.ts'

test('a cursor finds what indexOf finds, however the bytes come in and are let go', () => {
  const roll = dice(1)
  for (let round = 0; round < 200; round++) {
    const all = Buffer.from(Array.from({ length: 400 }, () => 'ab\n'.charCodeAt(roll(3))))
    const window = openWindow('utf-8', 0)
    const needle = cursor('aba', round % 3)
    let fed = 0
    let from = 0
    while (fed < all.length) {
      const chunk = all.subarray(fed, fed + 1 + roll(30))
      append(window, chunk)
      fed += chunk.length
      for (;;) {
        const found = find(window, needle, from)
        assert.equal(found, all.subarray(0, fed).indexOf('aba', from))
        if (found < 0) break
        assert.equal(between(window, found, found + 3).toString(), 'aba')
        from = found + 1
      }
      release(window, Math.min(from, fed))
      assert.equal(window.offset, window.start)
      assert.equal(window.line, all.subarray(0, window.start).toString().split('\n').length)
    }
  }
})

test('what has been let go is not kept', () => {
  const window = openWindow('utf-8', 0)
  for (let i = 0; i < 1000; i++) {
    append(window, Buffer.alloc(10_000))
    release(window, window.end - 5)
  }
  assert.ok(window.bytes.length <= 64 * 1024)
})

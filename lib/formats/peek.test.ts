import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peek } from '#lib/formats/peek.ts'
import { cut } from '#lib/formats/testing.ts'

test('what was looked at is read again, once', async () => {
  const all = Buffer.from('0123456789')
  for (const count of [0, 1, 4, 10, 99]) {
    const { head, bytes } = await peek(cut(all, 3), count)
    assert.ok(head.length >= Math.min(count, all.length))
    const parts: Uint8Array[] = []
    for await (const part of bytes) parts.push(part)
    assert.equal(Buffer.concat(parts).toString(), all.toString())
  }
})

test('a reader that stops early ends the source', async () => {
  let isEnded = false
  async function* source() {
    try {
      for (;;) yield Buffer.from('x')
    } finally {
      isEnded = true
    }
  }
  for await (const _ of (await peek(source(), 2)).bytes) break
  assert.ok(isEnded)
})

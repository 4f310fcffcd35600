import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { boundedBody } from './body.ts'
import { uploadLimits } from './upload-limits.ts'

async function* body(...chunks: (number | 'nothing')[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk === 'nothing') await new Promise(() => {})
    else yield new Uint8Array(chunk)
  }
}

test('a body within the limits passes as it is', async () => {
  const chunks = await Array.fromAsync(boundedBody(body(3, 4), { bytes: 7, idleSeconds: 60 }))
  assert.deepEqual(
    chunks.map(({ length }) => length),
    [3, 4],
  )
})

test('a body that stops sending ends with an error that names the time and the setting', async () => {
  await assert.rejects(Array.fromAsync(boundedBody(body(3, 'nothing'), { bytes: 7, idleSeconds: 0.02 })), {
    code: 'STALLED',
    message: 'no byte came for 0.02 seconds (UPLOAD_IDLE_SECONDS)',
  })
})

test('the time in which the reader is busy does not count', async () => {
  let received = 0
  for await (const chunk of boundedBody(body(1, 1, 1), { bytes: 7, idleSeconds: 0.02 })) {
    received += chunk.length
    // Longer than a sender may be idle: that time passes is the point.
    await wait(60)
  }
  assert.equal(received, 3)
})

test('a body that is too large ends with an error that names the limit and the setting', async () => {
  await assert.rejects(Array.fromAsync(boundedBody(body(3, 4, 1), { bytes: 7, idleSeconds: 60 })), {
    code: 'TOO_LARGE',
    message: 'a log may have 7 bytes (UPLOAD_MAX_BYTES)',
  })
})

test('a limit that is not a number above 0 is refused with what would be right', () => {
  assert.equal(uploadLimits({ UPLOAD_IDLE_SECONDS: '5' }).idleSeconds, 5)
  assert.throws(() => uploadLimits({ INCOMING_MAX_BYTES: '0' }), /INCOMING_MAX_BYTES is "0"\. Give a number above 0/)
})

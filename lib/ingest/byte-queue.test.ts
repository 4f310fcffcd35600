import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { openByteQueue } from './byte-queue.ts'

const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value)

test('bytes come out in the order they went in, and end when the giver ends', async () => {
  const queue = openByteQueue(1000)
  for (const value of [1, 2, 3]) await queue.push(bytes(2, value))
  queue.end()
  const taken: number[] = []
  for await (const chunk of queue.read()) taken.push(...chunk)
  assert.deepEqual(taken, [1, 1, 2, 2, 3, 3])
})

test('the sending side waits while more bytes are waiting than allowed', async () => {
  const queue = openByteQueue(10)
  let given = 0
  const giving = (async () => {
    for (let index = 0; index < 5; index++) {
      await queue.push(bytes(8))
      given += 1
    }
    queue.end()
  })()
  await turn()
  assert.equal(given, 1)
  let taken = 0
  for await (const chunk of queue.read()) taken += chunk.length
  await giving
  assert.deepEqual([given, taken], [5, 40])
})

test('a chunk larger than the complete queue goes through', async () => {
  const queue = openByteQueue(10)
  const giving = queue.push(bytes(1000))
  queue.end()
  let taken = 0
  for await (const chunk of queue.read()) taken += chunk.length
  await giving
  assert.equal(taken, 1000)
})

test('a failure wakes both sides, whichever of them waits, and stays', async () => {
  const queue = openByteQueue(10)
  const giving = queue.push(bytes(100))
  queue.fail(new Error('first'))
  queue.fail(new Error('second'))
  await assert.rejects(giving, /first/)
  await assert.rejects(queue.push(bytes(1)), /first/)
  await assert.rejects(queue.read().next(), /first/)
  const idle = openByteQueue(10)
  const reading = idle.read().next()
  idle.fail(new Error('gone'))
  await assert.rejects(reading, /gone/)
})

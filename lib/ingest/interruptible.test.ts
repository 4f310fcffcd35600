import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interruptible } from './interruptible.ts'

/** A source that returns these values and then nothing any more, without ending. */
async function* stalling(values: number[], closed = { done: false }): AsyncGenerator<number> {
  try {
    yield* values
    await new Promise(() => {})
  } finally {
    closed.done = true
  }
}

test('what a source returns passes, up to its end', async () => {
  const source = (async function* () {
    yield* [1, 2, 3]
  })()
  assert.deepEqual(await Array.fromAsync(interruptible(source)), [1, 2, 3])
})

test('a source that returns nothing any more is ended from outside, with an error or without', async () => {
  const quiet = interruptible(stalling([1]))
  const taken: number[] = []
  for await (const value of quiet) {
    taken.push(value)
    setImmediate(() => quiet.interrupt(null))
  }
  assert.deepEqual(taken, [1])
  const failing = interruptible(stalling([]))
  setImmediate(() => failing.interrupt(new Error('stalled')))
  await assert.rejects(Array.fromAsync(failing), /stalled/)
})

test('an interruption before the first value counts, and the first of several', async () => {
  const source = interruptible(stalling([1, 2]))
  source.interrupt(new Error('first'))
  source.interrupt(null)
  await assert.rejects(Array.fromAsync(source), /first/)
})

test('the source is closed when its reader leaves', async () => {
  const closed = { done: false }
  for await (const _ of interruptible(stalling([1, 2], closed))) break
  await new Promise(setImmediate)
  assert.equal(closed.done, true)
})

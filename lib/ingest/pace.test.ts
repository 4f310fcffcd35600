import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPace, paced, slowestOf } from './pace.ts'

/** A pace by a clock that the test moves on. */
function openClock() {
  let now = 0
  const open = () => openPace(() => now)
  /** Waits for bytes, which come after so many milliseconds. */
  async function wait(pace: ReturnType<typeof open>, milliseconds: number, bytes: number): Promise<void> {
    const coming = Promise.withResolvers<void>()
    const waited = pace.wait(coming.promise)
    now += milliseconds
    coming.resolve()
    await waited
    pace.add(bytes)
  }
  const pass = (milliseconds: number): void => {
    now += milliseconds
  }
  return { open, wait, pass }
}
const never = new Promise<void>(() => {})

test('a sender is slow after ten seconds with less than 1 KiB a second, and only while it is waited for', async () => {
  const { open, wait, pass } = openClock()
  const pace = open()
  await wait(pace, 9000, 100)
  assert.equal(pace.slowRate(), null)
  void pace.wait(never)
  assert.equal(pace.slowRate(), null)
  pass(1000)
  assert.equal(pace.slowRate(), 10)
})

test('the time in which the sender is not waited for does not count', async () => {
  const { open, wait, pass } = openClock()
  const pace = open()
  await wait(pace, 1000, 0)
  pass(1_000_000)
  void pace.wait(never)
  assert.equal(pace.slowRate(), null)
})

test('a sender that was fast becomes slow within some minutes, one that sends 2 KiB a second never does', async () => {
  const { open, wait } = openClock()
  const [burst, steady] = [open(), open()]
  await wait(burst, 0, 10_000_000)
  let seconds = 0
  for (; seconds < 600; seconds += 5) {
    await wait(steady, 5000, 10_240)
    void steady.wait(never)
    assert.equal(steady.slowRate(), null)
    await wait(burst, 5000, 1)
    void burst.wait(never)
    if (burst.slowRate() !== null) break
  }
  assert.ok(seconds > 10 && seconds < 600, `${seconds} s`)
})

test('of several senders the slowest is found, or none if none is slow', async () => {
  const { open, wait, pass } = openClock()
  const senders = await Promise.all(
    [9000, 20, 300].map(async (bytes) => {
      const pace = open()
      await wait(pace, 0, bytes)
      return { bytes, pace }
    }),
  )
  for (const { pace } of senders) void pace.wait(never)
  assert.equal(slowestOf(senders), undefined)
  pass(10_000)
  assert.equal(slowestOf(senders)?.bytes, 20)
})

test('the bytes of a stream pass as they are, and its source is closed when they are left', async () => {
  let closed = 0
  async function* source() {
    try {
      yield Buffer.from('ab')
      yield Buffer.from('c')
    } finally {
      closed += 1
    }
  }
  assert.equal(Buffer.concat(await Array.fromAsync(paced(source(), openPace()))).toString(), 'abc')
  for await (const _ of paced(source(), openPace())) break
  assert.equal(closed, 2)
})

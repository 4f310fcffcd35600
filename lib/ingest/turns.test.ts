import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as tick, setTimeout as wait } from 'node:timers/promises'
import { openTurns } from './turns.ts'

const never = new AbortController().signal

test('so many hold a turn at once, and the others get theirs in the order in which they came', async () => {
  const turns = openTurns(2)
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(turns.open)
  const order: string[] = []
  await a?.take(never)
  await b?.take(never)
  const later = [c?.take(never).then(() => order.push('c')), d?.take(never).then(() => order.push('d'))]
  await tick()
  assert.deepEqual([turns.holders(), order, c?.isInLine(), d?.isInLine()], [['a', 'b'], [], true, true])
  a?.leave()
  a?.leave()
  await later[0]
  assert.deepEqual([turns.holders(), order], [['b', 'c'], ['c']])
  b?.leave()
  await later[1]
  assert.deepEqual(turns.holders(), ['c', 'd'])
})

test('who is stopped in line leaves it, and keeps no turn from those behind', async () => {
  const turns = openTurns(1)
  const [a, b, c] = ['a', 'b', 'c'].map(turns.open)
  const stop = new AbortController()
  await a?.take(never)
  const stopped = assert.rejects(b?.take(stop.signal) ?? Promise.resolve(), /stopped/)
  const served = c?.take(never)
  stop.abort(new Error('stopped'))
  await stopped
  await assert.rejects(b?.take(stop.signal) ?? Promise.resolve(), /stopped/)
  a?.leave()
  await served
  assert.deepEqual(turns.holders(), ['c'])
})

test('a turn is kept over a short pause and given away in a long one, and is taken again when bytes come', async () => {
  const turns = openTurns(1)
  const [a, b] = ['a', 'b'].map(turns.open)
  await a?.take(never)
  await a?.pause(wait(1), never)
  assert.deepEqual(turns.holders(), ['a'])
  const bytes = Promise.withResolvers<void>()
  const paused = a?.pause(bytes.promise, never)
  await b?.take(never)
  assert.deepEqual(turns.holders(), ['b'])
  bytes.resolve()
  await tick()
  assert.equal(a?.isInLine(), true)
  b?.leave()
  await paused
  assert.deepEqual(turns.holders(), ['a'])
})

test('who has ended takes no further turn, neither when its bytes come nor when its place in line does', async () => {
  const turns = openTurns(1)
  const [a, b, c] = ['a', 'b', 'c'].map(turns.open)
  const bytes = Promise.withResolvers<void>()
  await a?.take(never)
  const paused = assert.rejects(a?.pause(bytes.promise, never) ?? Promise.resolve(), /Upload a has ended/)
  await b?.take(never)
  const inLine = assert.rejects(c?.take(never) ?? Promise.resolve(), /Upload c has ended/)
  a?.end()
  c?.end()
  bytes.resolve()
  await paused
  b?.end()
  await inLine
  assert.deepEqual(turns.holders(), [])
})

test('pauses of one turn add up: who sends a byte now and then does not keep it', async () => {
  const turns = openTurns(1)
  const [a, b] = ['a', 'b'].map(turns.open)
  await a?.take(never)
  let served = false
  void b?.take(never).then(() => {
    served = true
    b?.leave()
  })
  for (let pauses = 0; pauses < 100 && !served; pauses++) await a?.pause(wait(20), never)
  assert.equal(served, true)
})

test('with endless patience a turn is held to the end, however long its bytes take', async () => {
  const turns = openTurns(1, Number.POSITIVE_INFINITY)
  const [a, b] = ['a', 'b'].map(turns.open)
  await a?.take(never)
  const next = b?.take(never)
  // Longer than the usual patience: that time passes is the point, as it is below.
  await a?.pause(wait(400), never)
  assert.deepEqual(turns.holders(), ['a'])
  a?.leave()
  await next
})

test('only the time in which a turn is held is spent', async () => {
  const turns = openTurns(1)
  const [a, b] = ['a', 'b'].map(turns.open)
  await a?.take(never)
  await wait(30)
  a?.leave()
  const spent = a?.spent() ?? 0
  assert.ok(spent >= 25, `${spent} ms`)
  await b?.take(never)
  const again = a?.take(never)
  await wait(50)
  assert.equal(a?.spent(), spent)
  b?.leave()
  await again
  while ((a?.spent() ?? 0) <= spent) await tick()
})

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MessageChannel, Worker } from 'node:worker_threads'
import { withRequest } from '#lib/log/request.ts'
import { hasCode } from './error.ts'
import { callThread, serve, type Thread } from './rpc.ts'
import { spawnThread } from './spawn.ts'
import type { TestApi } from './testing-thread.ts'

function start(t: TestContext): { worker: Worker; thread: Thread<TestApi> } {
  const worker = spawnThread('lib/thread/testing-thread.ts', 'test', null)
  t.after(() => worker.terminate())
  return { worker, thread: callThread<TestApi>(worker, 'test') }
}

/** What a call fails with. */
const failure = (call: Promise<unknown>): Promise<Error & { code?: unknown }> =>
  call.then(
    () => assert.fail('it should have failed'),
    (error) => error,
  )

test('a call answers with what the handler returns, typed', async (t) => {
  const { thread } = start(t)
  const sum: number = await thread.call('add', 2, 3)
  const text: string = await thread.call('later', 'x')
  assert.deepEqual([sum, text], [5, 'x'])
  assert.equal(thread.waiting(), 0)
})

test('an unknown method, a wrong argument and a wrong result do not compile; at run time an unknown method fails', async (t) => {
  const { thread } = start(t)
  // @ts-expect-error: there is no such method.
  const unknown = await failure(thread.call('subtract', 2, 3))
  assert.match(unknown.message, /no method "subtract"/)
  assert.ok(hasCode(unknown, 'ERR_UNKNOWN_METHOD'))
  // @ts-expect-error: what an object inherits is not a method.
  assert.ok(hasCode(await failure(thread.call('toString')), 'ERR_UNKNOWN_METHOD'))
  // @ts-expect-error: text is not a number.
  await thread.call('add', 'two', 3)
  // @ts-expect-error: an argument is missing.
  await thread.call('add', 2)
  // @ts-expect-error: the sum is not text.
  const text: string = await thread.call('add', 2, 3)
  assert.equal(text, 5)
  // @ts-expect-error: a handler that is not a function cannot be served.
  const refused = () => serve(new MessageChannel().port1, { add: 5 })
  assert.equal(typeof refused, 'function')
})

test('name, code, message, stack and cause of an error survive', async (t) => {
  const { thread } = start(t)
  const odd = await failure(thread.call('odd', 'a message'))
  assert.ok(odd instanceof Error)
  assert.equal(odd.name, 'Odd')
  assert.equal(odd.message, 'a message')
  assert.match(odd.stack ?? '', /testing-thread\.ts/)
  assert.ok(hasCode(odd.cause, 'ENOSPC'))
  const sql = await failure(thread.call('sql', 'PRAGMA max_page_count = 2; CREATE TABLE a (b); CREATE TABLE c (d);'))
  assert.deepEqual([sql.name, sql.code], ['SqliteError', 'SQLITE_FULL'])
  assert.equal((await failure(thread.call('text'))).message, 'only text')
  assert.equal(await thread.call('add', 1, 1), 2)
})

test('what cannot be copied fails its own call and no other', async (t) => {
  const { thread } = start(t)
  assert.equal((await failure(thread.call('uncopied'))).name, 'DataCloneError')
  const uncopied = (() => {}) as unknown as string
  assert.equal((await failure(thread.call('later', uncopied))).name, 'DataCloneError')
  assert.equal(thread.waiting(), 0)
  assert.equal(await thread.call('add', 1, 1), 2)
})

test('one thread serves several callers, each on a port of its own', async (t) => {
  const { thread } = start(t)
  const other = callThread<TestApi>(thread.connect(), 'test')
  const port = thread.connect()
  const third = callThread<TestApi>(port, 'test')
  const counts = await Promise.all([thread.call('count'), other.call('count'), third.call('count')])
  assert.deepEqual(counts.toSorted(), [1, 2, 3])
  port.close()
  assert.match((await failure(third.call('count'))).message, /port to the test thread was closed/)
  assert.ok(third.isDead())
  assert.equal(await other.call('count'), 4)
})

test('a port can be handed to another thread, which then calls the first', async (t) => {
  const { thread } = start(t)
  const port = thread.connect()
  const code = `
    const { parentPort, workerData } = require('node:worker_threads')
    import(workerData.rpc).then(({ callThread }) => callThread(workerData.port, 'test').call('add', 20, 22))
      .then((sum) => parentPort.postMessage(sum))`
  const rpc = new URL('rpc.ts', import.meta.url).href
  const worker = new Worker(code, { eval: true, workerData: { port, rpc }, transferList: [port] })
  t.after(() => worker.terminate())
  assert.equal(await new Promise((resolve) => worker.once('message', resolve)), 42)
})

test('every open and every later call fails when the thread ends', async (t) => {
  const { thread } = start(t)
  const port = callThread<TestApi>(thread.connect(), 'test')
  await port.call('count')
  // Calls of different ports are in no order: what is open when the thread ends must be a call without an answer.
  const open = [thread.call('die'), thread.call('never'), port.call('never')]
  const [first, second, third] = await Promise.all(open.map(failure))
  assert.match(first?.message ?? '', /test thread ended with code 3/)
  assert.equal(second, first)
  assert.match(third?.message ?? '', /port to the test thread was closed/)
  assert.ok(thread.isDead())
  assert.equal(await failure(thread.call('count')), first)
})

test('byte arrays are copied, or moved if they are listed', async (t) => {
  const { thread } = start(t)
  const bytes = new Uint8Array(1000).fill(2)
  assert.equal(await thread.call('sum', bytes), 2000)
  assert.equal(bytes.length, 1000)
  assert.equal(await thread.callWith([bytes.buffer], 'sum', bytes), 2000)
  assert.equal(bytes.length, 0)
})

test('the id of the request follows its calls into the thread', async (t) => {
  const { thread } = start(t)
  assert.equal(await withRequest('abc', () => thread.call('request')), 'abc')
  assert.equal(await thread.call('request'), undefined)
})

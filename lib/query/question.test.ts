import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { ask, askAgain, windowOf } from './question.ts'
import { paramsOf } from './testing.ts'

const now = 1_000_000_000
const day = 86_400_000
const none = { oldest: null, newest: null }
const some = { oldest: 1000, newest: now - 3 * day }
const range = (query: string, span: typeof none | typeof some = some) => {
  const { from, to } = windowOf(paramsOf('events', query), span, now)
  return [from, to]
}
const iso = (ms: number): string => new Date(ms).toISOString()

test('a range without a length is that of its ends, open if none is given', () => {
  assert.deepEqual(range(''), [null, null])
  assert.deepEqual(range(`from=${iso(5000)}&anchor=newest`), [5000, null])
  assert.deepEqual(range(`to=${iso(7000)}`), [null, 7000])
})

test('a length goes back from the end, else from now or the newest event, and never behind the start', () => {
  assert.deepEqual(range('last=1d'), [now - day, now])
  assert.deepEqual(range('last=1d&anchor=newest'), [now - 4 * day, now - 3 * day])
  assert.deepEqual(range(`last=1d&anchor=newest&to=${iso(now - day)}`), [now - 2 * day, now - day])
  assert.deepEqual(range(`last=2d&from=${iso(now - day)}`), [now - day, now])
  assert.deepEqual(range(`last=2d&from=${iso(now - 3 * day)}`), [now - 2 * day, now])
})

test('without an event, the newest event is now', () => {
  assert.deepEqual(range('last=1d&anchor=newest', none), [now - day, now])
})

test('asked again, a question has the same filter and moment, and the range of the change', async () => {
  const fixture = openFixture()
  fixture.add([event(1121, 'PC1', now - 3 * day)])
  const question = await ask(fixture.reads, paramsOf('events', 'last=1d&dest=PC1'), now)
  const again = askAgain(question, { anchor: 'newest' })
  assert.equal(again.found, question.found)
  assert.deepEqual([again.filter, again.window.now], [question.filter, now])
  assert.deepEqual([question.window.to, again.window.to], [now, now - 3 * day])
  await fixture.close()
})

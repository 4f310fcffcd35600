import assert from 'node:assert/strict'
import { test } from 'node:test'
import { log } from '#lib/log/log.ts'
import { retryUntilDone } from './retry.ts'

test('work is repeated with longer and longer pauses until it succeeds, and every failure is logged', async (t) => {
  const warned = t.mock.method(log, 'warn', () => {})
  const said = t.mock.method(log, 'info', () => {})
  const pauses: number[] = []
  let attempts = 0
  const work = async () => {
    attempts += 1
    if (attempts < 9) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  }
  await retryUntilDone('The recovery', work, async (ms) => void pauses.push(ms))
  assert.equal(attempts, 9)
  assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  assert.equal(warned.mock.callCount(), 8)
  assert.equal(said.mock.callCount(), 1)
})

test('work that succeeds at once is not logged', async (t) => {
  const warned = t.mock.method(log, 'warn', () => {})
  await retryUntilDone('The recovery', async () => {})
  assert.equal(warned.mock.callCount(), 0)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStillRunning, ownProcess } from './running.ts'

test('a process is distinguished from a later one that was given its number', {
  skip: process.platform !== 'linux',
}, () => {
  assert.match(ownProcess(), /^\d+ \d+$/)
  assert.ok(!isStillRunning(`${process.pid} 1`))
  assert.ok(!isStillRunning(`${process.ppid} 1`))
})

test('a process that runs is running, even if its beginning cannot be known; one that is gone is not', () => {
  assert.ok(isStillRunning(ownProcess()))
  assert.ok(isStillRunning(`${process.ppid} `))
  assert.ok(!isStillRunning(`${2 ** 22 + 1} `))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleLogs } from '#tools/logs/logs.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { openJudge } from './judge.ts'
import { minimise } from './minimise.ts'

const [xml] = sampleLogs([...simulate({ dests: 2, days: 2, events: 2000, others: 0 })].slice(0, 2000))

test('a mutant that takes too long is stopped, reported as a hang, and the next is judged', async () => {
  const judge = openJudge(0.0001)
  const patient = openJudge()
  try {
    const { broken } = await judge.judge('xml', xml?.bytes ?? Buffer.alloc(0))
    assert.equal(broken?.kind, 'hang')
    const { broken: again } = await judge.judge('xml', xml?.bytes ?? Buffer.alloc(0))
    assert.equal(again?.kind, 'hang')
    assert.equal((await patient.judge('xml', xml?.bytes ?? Buffer.alloc(0))).tally?.events, 2000)
  } finally {
    await Promise.all([judge.close(), patient.close()])
  }
})

test('a mutant is made as small as it can be and still break the same promise', async () => {
  const isBroken = async (bytes: Buffer) => bytes.includes('x') && bytes.includes('y')
  const mutant = Buffer.from(`${'a'.repeat(500)}x${'b'.repeat(300)}y${'c'.repeat(90)}`)
  assert.equal((await minimise(mutant, isBroken)).toString(), 'xy')
})

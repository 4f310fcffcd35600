import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'

test('nothing is recomputed in a new database, with or without events', async () => {
  const fixture = openFixture()
  fixture.writer.runJobs()
  assert.equal(await fixture.reads.recomputing(), null)
  fixture.add([event(5007, 'PC1', 0)])
  assert.equal(await fixture.reads.recomputing(), null)
  await fixture.close()
})

test('progress is that of the derivation that is least far, until all are of this version', async () => {
  const fixture = openFixture()
  fixture.writer.runJobs()
  fixture.add(Array.from({ length: 1000 }, (_, index) => event(5007, 'PC1', index * 1000)))
  const { db } = fixture.writer
  const set = db.prepare('UPDATE derivation SET version = version - 1, next_event = ? WHERE name = ?')
  set.run(0, 'changes')
  assert.deepEqual(await fixture.reads.recomputing(), { done: 0, total: 1000 })
  db.prepare('UPDATE derivation SET next_event = 451 WHERE name = ?').run('changes')
  assert.deepEqual(await fixture.reads.recomputing(), { done: 450, total: 1000 })
  set.run(301, 'fields')
  assert.deepEqual(await fixture.reads.recomputing(), { done: 300, total: 1000 })
  // Below zero, every event was reached.
  db.prepare('UPDATE derivation SET next_event = -1 WHERE name = ?').run('fields')
  assert.deepEqual(await fixture.reads.recomputing(), { done: 450, total: 1000 })
  db.prepare('UPDATE derivation SET next_event = -1').run()
  assert.deepEqual(await fixture.reads.recomputing(), { done: 1000, total: 1000 })
  fixture.writer.runJobs()
  assert.equal(await fixture.reads.recomputing(), null)
  await fixture.close()
})

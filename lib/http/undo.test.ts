import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import { openCalls } from '#lib/store/sqlite/calls.ts'
import { undoAnswer } from './undo.ts'

const events = Array.from({ length: 600 }, (_, index) => event(1121, 'PC1', index * 1000, { Path: `p${index}` }))

test('an undo is answered when it is complete, and 404 if there is no such upload', async () => {
  const fixture = openFixture()
  const id = fixture.add(events)
  const undo = (of: string) => undoAnswer(fixture.reads, of, Promise.resolve(fixture.writer.undoUpload(of)))
  assert.equal((await undo('nowhere')).status, 404)
  assert.equal((await undo(id)).status, 204)
  assert.equal((await undo(id)).status, 404)
  await fixture.close()
})

test('an undo that takes long is answered 202 with the receipt; it shows the events that are left', async () => {
  const fixture = openFixture()
  const id = fixture.add(events)
  const { db, calls } = openCalls(fixture.file, null)
  db.transaction(() => calls.remove(id, null)).immediate()
  let finish = (_: boolean) => {}
  const undone = new Promise<boolean>((resolve) => {
    finish = resolve
  })
  const answer = await undoAnswer(fixture.reads, id, undone, 5)
  assert.equal(answer.status, 202)
  const receipt = (await answer.json()) as Record<string, unknown>
  assert.deepEqual([receipt.id, receipt.state, receipt.stored], [id, 'removing', events.length])
  const { rows } = await selectUploads(fixture.reads)
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['removing'],
  )
  db.close()
  fixture.writer.runJobs()
  finish(true)
  assert.equal((await undoAnswer(fixture.reads, id, undone, 5)).status, 204)
  assert.equal((await selectUploads(fixture.reads)).total, 0)
  await fixture.close()
})

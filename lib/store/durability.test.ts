import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { event, openFixture, temporaryFolder } from '#lib/ingest/testing.ts'
import { openWriter } from './sqlite/writer.ts'
import { startWriter } from './testing-process.ts'

const eventsIn = (file: string): number => {
  const db = new Database(file, { readonly: true })
  const events = db.prepare<[], number>('SELECT count(*) FROM event').pluck().get() ?? 0
  db.close()
  return events
}

/** Copies the main file alone, as cp does, and counts the events in the copy. */
function eventsInCopy(file: string): number {
  copyFileSync(file, `${file}.copy`)
  return eventsIn(`${file}.copy`)
}

test('every commit is synced to disk', async () => {
  const { writer, close } = openFixture()
  // FULL: with NORMAL, commits since the last checkpoint are lost with the power.
  assert.equal(writer.db.pragma('synchronous', { simple: true }), 2)
  await close()
})

test('a process that is killed right after uploads were acknowledged has lost none of them', async (t) => {
  const { file, remove } = temporaryFolder()
  t.after(remove)
  for (const round of [1, 2]) {
    const writer = await startWriter(t, file, '300', '5')
    assert.deepEqual(writer.said.slice(1), ['stored 300', 'stored 5'], writer.errors)
    await writer.end('SIGKILL')
    assert.equal(eventsInCopy(file), 305 * round, 'in the main file alone')
    const opened = openWriter(file, null)
    assert.equal(opened.db.prepare('SELECT count(*) FROM event').pluck().get(), 305 * round)
    opened.close()
  }
})

test('a finished upload is in the main file when its receipt is given, and a removal as well', async () => {
  const fixture = openFixture()
  const events = Array.from({ length: 500 }, (_, index) => event(1121, 'PC', index * 1000, { Path: `p${index}` }))
  const id = fixture.add(events, 100)
  assert.equal(eventsInCopy(fixture.file), 500)
  fixture.writer.undoUpload(id)
  assert.equal(eventsInCopy(fixture.file), 0)
  await fixture.close()
})

test('a reader keeps the log from being written back; nothing is lost meanwhile, and the next upload is written back with the last', async () => {
  const fixture = openFixture()
  const reader = new Database(fixture.file, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM event')
  reader.prepare('SELECT count(*) FROM event').get()
  fixture.add([event(1121, 'PC', 0, { Path: 'a' })])
  assert.equal(eventsIn(fixture.file), 1)
  reader.exec('COMMIT')
  fixture.add([event(1121, 'PC', 1000, { Path: 'b' })])
  assert.equal(eventsInCopy(fixture.file), 2)
  reader.close()
  await fixture.close()
})

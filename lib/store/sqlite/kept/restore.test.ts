import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { dice } from '#lib/formats/testing.ts'
import { openFixture } from '#lib/ingest/testing.ts'
import { assertTotalsHold, contentDump } from '#lib/store/testing.ts'
import { applySteps } from '../migrate.ts'
import { openWriter } from '../writer.ts'
import { oldestSchema, restoredTables } from './rows.ts'
import { add, by, events, type Fixture, hour, small } from './testing.ts'

/** Everything that is shown of some uploads. */
const shown = async ({ reads, writer }: Fixture, ids: readonly string[]) => ({
  content: contentDump(writer.db),
  uploads: await Promise.all(
    ids.map(async (id) => ({
      receipt: await reads.upload(id),
      logs: await reads.logs(id),
      rejects: await reads.rejects(id, { offset: 0, limit: 100 }),
      dests: (await Array.fromAsync(reads.continuityRows('dests', id, null))).flat(),
      breaks: (await Array.fromAsync(reads.continuityRows('breaks', id, null))).flat(),
      versions: (await Array.fromAsync(reads.continuityRows('versions', id, null))).flat(),
      codes: await reads.storedCodes(id),
    })),
  ),
  totals: await reads.uploadTotals(),
})

const counts = async ({ reads }: Fixture, id: string) => {
  const receipt = await reads.upload(id)
  assert.ok(receipt !== null)
  const { records, stored, duplicates, rejects, otherCodes } = receipt
  const other = Object.values(otherCodes).reduce((sum, each) => sum + each, 0)
  assert.equal(records, stored + duplicates + rejects + other, 'the receipt adds up')
  return { stored, duplicates }
}

test('an undo that is reversed leaves everything as it was: events, receipt, rejected records, completeness', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  add(writer, 'a', events.slice(0, 300))
  add(writer, 'b', events.slice(200, 500))
  const before = await shown(fixture, ['a', 'b'])
  for (const id of ['a', 'b', 'a']) {
    assert.equal(writer.undoUpload(id, by()), true)
    assert.equal(await reads.upload(id), null)
    const [kept] = await reads.removed()
    assert.deepEqual([kept?.id, kept?.state, kept?.removedBy], [id, 'kept', 'jane'])
    assert.ok(kept && kept.stored > 0 && kept.bytes > 0 && kept.keptUntil === kept.removedAt + 24 * hour)
    assertTotalsHold(writer.db)
    assert.equal(writer.restoreUpload(id, by()), 'restoring')
    assertTotalsHold(writer.db)
    assert.deepEqual(await shown(fixture, ['a', 'b']), before)
    assert.deepEqual(await reads.removed(), [])
  }
  assert.deepEqual(
    writer.db.prepare('SELECT (SELECT count(*) FROM removed_part), (SELECT count(*) FROM removed_failure)').raw().get(),
    [0, 0],
  )
  const log = { actor: null, action: null, subject: 'a', from: null, to: null }
  const { rows } = await reads.audit(log, { offset: 0, limit: 2 })
  assert.deepEqual(
    rows.map(({ action, actor }) => [action, actor.name]),
    [
      ['restore', 'jane'],
      ['undo', 'jane'],
    ],
  )
  assert.deepEqual(rows[1]?.after, { isKept: true })
})

test('what another upload has stored since is a duplicate, in whatever order uploads are undone and restored', async (t) => {
  const roll = dice(11)
  for (let round = 0; round < 3; round++) {
    const fixture = openFixture()
    t.after(fixture.close)
    const { writer, reads } = fixture
    const ids = ['a', 'b', 'c', 'd']
    for (const id of ids) {
      const from = roll(300)
      add(writer, id, events.slice(from, from + 150 + roll(200)))
    }
    for (let step = 0; step < 14; step++) {
      const id = ids[roll(ids.length)] ?? ''
      if ((await reads.upload(id)) === null) writer.restoreUpload(id, by())
      else writer.undoUpload(id, by())
      assertTotalsHold(writer.db)
      for (const each of await reads.removed()) assert.equal(each.state, 'kept')
    }
    for (const { id } of await reads.removed()) writer.restoreUpload(id, by())
    for (const id of ids) await counts(fixture, id)
    assertTotalsHold(writer.db)
  }
})

test('an event that was sent again meanwhile is counted as a duplicate by what is restored', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer } = fixture
  add(writer, 'a', events.slice(0, 200))
  writer.undoUpload('a', by())
  add(writer, 'b', events.slice(0, 80))
  const { stored } = await counts(fixture, 'b')
  assert.equal(writer.restoreUpload('a', by()), 'restoring')
  const both = await counts(fixture, 'a')
  assert.deepEqual(both, { stored: 200 - stored, duplicates: stored })
})

test('an archive is restored with its logs, also those that failed', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  writer.createUpload({ id: 'zip', name: 'logs.zip', tz: 'UTC', bytes: 99 })
  writer.startUpload('zip', 'zip')
  add(writer, 'first', events.slice(0, 100), 'zip')
  writer.createUpload({ id: 'bad', name: 'bad.txt', tz: 'UTC', bytes: 1, parent: 'zip' })
  writer.failUpload('bad', 'This is not a log.')
  add(writer, 'second', events.slice(50, 180), 'zip')
  writer.finishUpload('zip', null)
  const before = await shown(fixture, ['zip'])
  assert.deepEqual(
    (await reads.logs('zip')).map(({ state }) => state),
    ['done', 'failed', 'done'],
  )
  writer.undoUpload('zip', by())
  assert.deepEqual(await reads.logs('zip'), [])
  assert.equal(writer.restoreUpload('zip', by()), 'restoring')
  assert.deepEqual(await shown(fixture, ['zip']), before)
  assertTotalsHold(writer.db)
})

test('restoring can be killed after any slice, and ends the same', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  add(fixture.writer, 'other', events.slice(100, 250))
  add(fixture.writer, 'a', events.slice(0, 300))
  const before = await shown(fixture, ['a', 'other'])
  fixture.writer.undoUpload('a', by())
  // Marked, but no slice of it is done.
  const marking = openWriter(fixture.file, null, small)
  marking.startRestore('a', by())
  marking.close()
  for (let slices = 1; ; slices++) {
    const writer = openWriter(fixture.file, null, small)
    // As if another process had begun: it is not running any more.
    writer.db.prepare("UPDATE upload SET process = '4194305 1' WHERE id = 'a' AND state = 'reading'").run()
    writer.startRecovery()
    let done = 0
    while (done < slices && writer.runSlice()) done += 1
    const isOver = done < slices
    writer.close()
    if (!isOver) continue
    assert.ok(slices > 5, `${slices} slices`)
    break
  }
  assert.deepEqual(await shown(fixture, ['a', 'other']), before)
  assertTotalsHold(fixture.writer.db)
  assert.deepEqual(await fixture.reads.removed(), [])
})

test('an upload that is undone while it is restored can be restored again', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  add(fixture.writer, 'a', events.slice(0, 300))
  const before = await shown(fixture, ['a'])
  fixture.writer.undoUpload('a', by())
  const writer = openWriter(fixture.file, null, small)
  t.after(writer.close)
  writer.startRestore('a', by())
  for (let slice = 0; slice < 3; slice++) writer.runSlice()
  assert.equal((await fixture.reads.upload('a'))?.state, 'reading')
  assert.equal((await fixture.reads.removed())[0]?.state, 'restoring')
  assert.equal(writer.undoUpload('a', by()), true)
  assert.equal(await fixture.reads.upload('a'), null)
  assert.equal((await fixture.reads.removed())[0]?.state, 'kept')
  assertTotalsHold(writer.db)
  assert.equal(writer.restoreUpload('a', by()), 'restoring')
  assert.deepEqual(await shown(fixture, ['a']), before)
})

test('a log that is sent under the id of an upload before restoring begins is not touched, and what is kept stays', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  add(writer, 'a', events.slice(0, 300))
  writer.undoUpload('a', by())
  const small = openWriter(fixture.file, null, { milliseconds: 0, events: 10 })
  t.after(small.close)
  assert.equal(small.startRestore('a', by()), 'restoring')
  small.createUpload({ id: 'a', name: 'other.xml', tz: 'UTC', bytes: 17 })
  small.startUpload('a', 'xml')
  small.runSlice()
  assert.deepEqual([(await reads.upload('a'))?.name, (await reads.upload('a'))?.state], ['other.xml', 'reading'])
  assert.equal((await reads.removed())[0]?.state, 'kept')
})

test('only what somebody undid and what was complete is kept, and what was sent again is not restored', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  add(writer, 'nobody', events.slice(0, 9))
  writer.undoUpload('nobody')
  writer.createUpload({ id: 'reading', name: 'r.xml', tz: 'UTC', bytes: null })
  writer.undoUpload('reading', by())
  assert.deepEqual(await reads.removed(), [])
  assert.equal(writer.restoreUpload('nobody', by()), 'gone')

  add(writer, 'again', events.slice(0, 9))
  writer.undoUpload('again', by())
  add(writer, 'again', events.slice(0, 20))
  assert.equal(writer.restoreUpload('again', by()), 'exists')
  writer.undoUpload('again', by())
  assert.deepEqual(
    (await reads.removed()).map(({ stored }) => stored),
    [20],
    'what was removed last',
  )
})

test('the tables that are restored are the same in every version of which kept rows are restored', () => {
  const tablesOf = (version: number) => {
    const db = new Database(':memory:')
    applySteps(db, 0, version)
    const found = restoredTables.map((name) =>
      db.prepare('SELECT name, sql FROM sqlite_schema WHERE name = ?').get(name),
    )
    db.close()
    return found
  }
  const latest = readdirSync('db/sqlite/migrations').length
  const now = tablesOf(latest)
  assert.ok(now.every((table) => table !== undefined))
  for (let version = oldestSchema; version < latest; version++) assert.deepEqual(tablesOf(version), now)
})

/** An upload of which a process that died has restored some slices, as one of an older schema. Opened by the process after it. */
async function interruptRestore(t: TestContext, version: number) {
  const fixture = openFixture()
  t.after(fixture.close)
  add(fixture.writer, 'a', events.slice(0, 300))
  const before = await shown(fixture, ['a'])
  fixture.writer.undoUpload('a', by())
  const first = openWriter(fixture.file, null, small)
  first.startRestore('a', by())
  for (let slice = 0; slice < 3; slice++) first.runSlice()
  first.db.prepare("UPDATE upload SET process = '4194305 1' WHERE id = 'a'").run()
  first.db.prepare('UPDATE removed_upload SET version = ?').run(version)
  first.close()
  const writer = openWriter(fixture.file, null, small)
  t.after(writer.close)
  writer.startRecovery()
  return { ...fixture, fixture, before, writer }
}

test('a restore that was answered goes on after an upgrade that does not change its tables', async (t) => {
  const { fixture, before, writer, reads } = await interruptRestore(t, oldestSchema)
  while (writer.runSlice());
  assert.deepEqual(await shown(fixture, ['a']), before)
  assert.deepEqual(await reads.removed(), [])
  assertTotalsHold(writer.db)
})

test('a restore that an upgrade makes impossible ends with a row of the audit log, and nothing of it stays', async (t) => {
  const { writer, reads } = await interruptRestore(t, oldestSchema - 1)
  while (writer.runSlice());
  assert.deepEqual([await reads.upload('a'), await reads.removed()], [null, []])
  const log = { actor: null, action: 'kept-dropped', subject: 'a', from: null, to: null } as const
  const { rows } = await reads.audit(log, { offset: 0, limit: 2 })
  assert.deepEqual(
    rows.map(({ actor, before, after }) => [actor.kind, before?.stored, after]),
    [['server', 300, { reason: 'schema' }]],
  )
  assertTotalsHold(writer.db)
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { dice } from '#lib/formats/testing.ts'
import { batchesOf, continuityOf, event, openFixture } from '#lib/ingest/testing.ts'
import type { By } from '#lib/model/access.ts'
import { readEvent, sampleEvents } from '#lib/query/testing.ts'
import { assertTotalsHold, contentDump, dump } from '#lib/store/testing.ts'
import { openAudit } from '../audit.ts'
import { openCalls } from '../calls.ts'
import { openFreePages } from '../free-pages.ts'
import { applySteps } from '../migrate.ts'
import { openWriter } from '../writer.ts'
import { openDrop } from './drop.ts'
import { openDropping } from './dropping.ts'
import { oldestSchema, restoredTables } from './rows.ts'

const by = (ago = 0): By => ({
  actor: { kind: 'local', id: null, name: 'jane' },
  ...{ address: null, request: 'r', at: Date.now() - ago },
})
const hour = 3_600_000
/** Slices as small as they can be. */
const small = { milliseconds: 0, events: 10 }

const sample = sampleEvents(600, { dests: 3, days: 2 }).map(readEvent)
/** Of every fifth event the log knows no EventRecordID, and the one after it is equal to it. */
const events = sample.flatMap((each, index) =>
  index % 5 === 0
    ? [
        { ...each, recordId: null },
        { ...each, recordId: null },
      ]
    : [each],
)
const reject = { reason: 'no-time', detail: 'the record has no time', snippet: '<x>' } as const

type Fixture = ReturnType<typeof openFixture>

/** Stores a log with rejected records and what is known of its completeness. */
function add(writer: Fixture['writer'], id: string, log: LoggedEvent[], parent?: string): void {
  writer.createUpload({ id, name: `${id}.xml`, tz: 'UTC', bytes: 17, ...(parent && { parent }) })
  writer.startUpload(id, 'xml')
  for (const [at, [batch, counts]] of batchesOf(log, 70).entries()) {
    const rejects = [{ ...reject, record: at + 1, line: at, offset: 0 }]
    writer.write(id, batch, { ...counts, records: counts.records + 2, rejects, otherCodes: { '1150': 1 } })
  }
  writer.finishUpload(id, continuityOf(log))
}

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

test('what is kept goes when it has expired, when it is of an older schema, and first when space is short', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  for (const [id, hours] of [
    ['old', 25],
    ['newer', 2],
    ['newest', 1],
  ] as const) {
    add(writer, id, [event(1121, id, hours * hour)])
    writer.undoUpload(id, by(hours * hour))
  }
  const ids = async () => (await reads.removed()).map(({ id }) => id)
  assert.deepEqual(await ids(), ['newest', 'newer'])
  const short = openDrop(
    writer.db,
    () => true,
    openDropping(writer.db, openAudit(writer.db)),
    openFreePages(writer.db, () => true),
  )
  while ((await ids()).includes('newer')) short.job.slice()
  assert.deepEqual(await ids(), ['newest'], 'the oldest first')
  writer.db.exec(`UPDATE removed_upload SET version = ${oldestSchema - 1}`)
  assert.equal(writer.startRestore('newest', by()), 'gone')
  writer.runJobs()
  assert.deepEqual(await ids(), [])
  assert.equal(writer.db.prepare('SELECT count(*) FROM removed_part').pluck().get(), 0)
})

/** So many events of which nothing packs well. */
const logOf = (id: string, count: number): LoggedEvent[] =>
  Array.from({ length: count }, (_, at) =>
    event(1121, 'PC', hour + at, { Path: createHash('sha256').update(`${id} ${at}`).digest('hex') }),
  )

/** Undoes uploads, one after the other, each with so many events that nothing packs well. */
function undoLarge({ writer }: Fixture, ids: readonly string[], count = 3000): void {
  for (const [index, id] of ids.entries()) {
    add(writer, id, logOf(id, count))
    writer.undoUpload(id, by((ids.length - index) * 1000))
  }
}

test('what is kept counts in the quota of uploads, and of more than that the oldest goes', async (t) => {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES')
    return fixture.close()
  })
  undoLarge(fixture, ['a', 'b', 'c', 'd'])
  const ids = async () => (await fixture.reads.removed()).map(({ id }) => id)
  assert.deepEqual(await ids(), ['d', 'c', 'b', 'a'])
  const sizes = (await fixture.reads.removed()).map(({ bytes }) => bytes)
  const ofTwo = (sizes[0] ?? 0) + (sizes[1] ?? 0)
  process.env.INCOMING_MAX_BYTES = String(ofTwo)
  fixture.writer.runJobs()
  assert.deepEqual(await ids(), ['d', 'c'])
  process.env.INCOMING_MAX_BYTES = String(ofTwo - 1)
  fixture.writer.runJobs()
  assert.deepEqual(await ids(), ['d'])
})

test('if space is short, no more goes than is needed: what has gone is returned to the disk first', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  undoLarge(fixture, ['a', 'b', 'c'])
  const pages = () => writer.db.pragma('page_count', { simple: true }) as number
  writer.makeRoom(0, by())
  const before = pages()
  const isShort = () => pages() > before - 20
  const freePages = openFreePages(writer.db, isShort)
  const drop = openDrop(writer.db, isShort, openDropping(writer.db, openAudit(writer.db)), freePages)
  const pending = () => [drop.job, freePages.job].find((job) => job.isPending())
  for (let job = pending(); job !== undefined; job = pending()) {
    job.slice()
    freePages.shorten(() => true)
  }
  assert.deepEqual(
    (await reads.removed()).map(({ id }) => id),
    ['c', 'b'],
  )
})

test('while a reader holds the log back, a short disk lets only one upload go: nothing is returned before', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads, file } = fixture
  undoLarge(fixture, ['a', 'b', 'c'])
  writer.makeRoom(0, by())
  const ids = async () => (await reads.removed()).map(({ id }) => id)
  const before = statSync(file).size
  const isShort = () => statSync(file).size >= before
  const freePages = openFreePages(writer.db, isShort)
  const drop = openDrop(writer.db, isShort, openDropping(writer.db, openAudit(writer.db)), freePages)
  const truncate = () => (writer.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[])[0]?.busy === 0
  const runJobs = () => {
    for (let slices = 0; slices < 1000; slices++) {
      const job = [drop.job, freePages.job].find((each) => each.isPending())
      if (job === undefined) return
      job.slice()
      freePages.shorten(truncate)
    }
    assert.fail('the jobs do not end')
  }
  writer.db.pragma('busy_timeout = 0')
  const reader = new Database(file, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM upload').get()
  runJobs()
  assert.deepEqual(await ids(), ['c', 'b'], 'one, and the file is as long as before')
  assert.equal(isShort(), true)
  reader.close()
  freePages.shorten(truncate)
  runJobs()
  assert.deepEqual(await ids(), ['c', 'b'], 'the file is shorter')
  assert.equal(isShort(), false)
})

test('room is made by what was undone first, and is free in the file system', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const { writer, reads } = fixture
  undoLarge(fixture, ['a', 'b', 'c', 'd'])
  const kept = await reads.removed()
  const pages = (name: string) => writer.db.pragma(name, { simple: true }) as number
  const before = pages('page_count')
  const bytes = (kept.at(-1)?.bytes ?? 0) + 1
  writer.makeRoom(bytes, by())
  assert.deepEqual(
    (await reads.removed()).map(({ id }) => id),
    ['d', 'c'],
  )
  assert.equal(pages('freelist_count'), 0)
  assert.ok((before - pages('page_count')) * pages('page_size') >= bytes, `${before} ${pages('page_count')}`)
  assertTotalsHold(writer.db)
  assert.equal(writer.restoreUpload('c', by()), 'restoring')
  assert.equal((await reads.upload('c'))?.stored, 3000)
})

test('an undo that is larger than the quota is not kept, as the audit log says, and no older one goes for it', async (t) => {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES')
    return fixture.close()
  })
  const { reads } = fixture
  undoLarge(fixture, ['a'])
  const kept = await reads.removed()
  const large = kept[0]?.bytes ?? 0
  process.env.INCOMING_MAX_BYTES = String(large * 2)
  undoLarge(fixture, ['large'], 9000)
  assert.deepEqual(await reads.removed(), kept)
  const log = { actor: null, action: null, subject: 'large', from: null, to: null }
  const audit = async () => (await reads.audit(log, { offset: 0, limit: 9 })).rows.map((row) => [row.action, row.after])
  assert.deepEqual(await audit(), [['undo', { isKept: false }]])
})

test('what turns out larger than the quota while it is removed is given up, and no older one goes for it', async (t) => {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES')
    return fixture.close()
  })
  const { reads } = fixture
  undoLarge(fixture, ['a'])
  const kept = await reads.removed()
  add(fixture.writer, 'long', logOf('long', 4000))
  // Its frames fit, but not what is kept with them.
  const frames = await reads.undoSize('long')
  assert.ok(frames > (kept[0]?.bytes ?? 0))
  process.env.INCOMING_MAX_BYTES = String(frames)
  fixture.writer.undoUpload('long', by())
  assert.deepEqual(await reads.removed(), kept)
  const asked = { actor: null, action: null, subject: 'long', from: null, to: null }
  const { rows } = await reads.audit(asked, { offset: 0, limit: 9 })
  assert.deepEqual(
    rows.map(({ action, after }) => [action, after]),
    [
      ['kept-dropped', { reason: 'quota' }],
      ['undo', { isKept: true }],
    ],
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

test('what is being restored cannot make room, so nothing goes in vain for what only that could make', async (t) => {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES')
    return fixture.close()
  })
  const { reads } = fixture
  undoLarge(fixture, ['a', 'b'])
  const writer = openWriter(fixture.file, null, small)
  t.after(writer.close)
  const sizes = (await reads.removed()).map(({ bytes }) => bytes)
  writer.startRestore('a', by())
  const states = async () => (await reads.removed()).map(({ id, state }) => [id, state])
  const { calls, db, jobs } = openCalls(fixture.file, null, { slice: small })
  t.after(() => void db.close())
  process.env.INCOMING_MAX_BYTES = String(sizes[0])
  calls.makeRoom((sizes[0] ?? 0) + 1, by())
  assert.equal(jobs[2]?.isPending(), false, 'nothing is to be dropped')
  assert.deepEqual(await states(), [
    ['b', 'kept'],
    ['a', 'restoring'],
  ])
  writer.runJobs()
  assert.deepEqual(await states(), [['b', 'kept']])
  assert.equal((await reads.upload('a'))?.stored, 3000)
})

test('how long it is kept is a setting, and 0 keeps nothing', async (t) => {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'UNDO_KEEP_HOURS')
    return fixture.close()
  })
  const { writer, reads } = fixture
  const empty = dump(writer.db)
  const undo = (hours: string) => {
    process.env.UNDO_KEEP_HOURS = hours
    add(writer, hours, events.slice(0, 5))
    writer.undoUpload(hours, by(3 * hour))
  }
  undo('0')
  undo('2')
  undo('4')
  assert.deepEqual(
    (await reads.removed()).map(({ id, removedAt, keptUntil }) => [id, keptUntil - removedAt]),
    [['4', 4 * hour]],
  )
  assert.deepEqual(dump(writer.db), empty)
  process.env.UNDO_KEEP_HOURS = 'long'
  await assert.rejects(reads.removed(), /UNDO_KEEP_HOURS is "long"/)
})

import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { assertTotalsHold, dump } from '#lib/store/testing.ts'
import { openAudit } from '../audit.ts'
import { openCalls } from '../calls.ts'
import { openFreePages } from '../free-pages.ts'
import { openWriter } from '../writer.ts'
import { openDrop } from './drop.ts'
import { openDropping } from './dropping.ts'
import { oldestSchema } from './rows.ts'
import { add, by, events, hour, logOf, openWithQuota, small, undoLarge } from './testing.ts'

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

test('what is kept counts in the quota of uploads, and of more than that the oldest goes', async (t) => {
  const fixture = openWithQuota(t)
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
  const fixture = openWithQuota(t)
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
  const fixture = openWithQuota(t)
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

test('what is being restored cannot make room, so nothing goes in vain for what only that could make', async (t) => {
  const fixture = openWithQuota(t)
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

import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { dice } from '#lib/formats/testing.ts'
import { batchesOf, event, openFixture } from '#lib/ingest/testing.ts'
import { readEvent, sampleEvents } from '#lib/query/testing.ts'
import { column, width } from '#lib/store/sqlite/pack.ts'
import { assertTotalsHold, contentDump, dump } from '#lib/store/testing.ts'
import { checkTotals } from './check-totals.ts'
import { openWriter } from './writer.ts'

/** So few hosts and days that most stacks have several events within an hour. */
const sample = sampleEvents(500, { dests: 2, days: 1 }).map(readEvent)
/** Nine of ten events as the simulator made them; of the tenth the log knows no EventRecordID. */
const events = sample.map((each, index) => (index % 10 === 0 ? { ...each, recordId: null } : each))
const part = (from: number, to: number): LoggedEvent[] => events.slice(from, to)

function shuffled<Item>(items: Item[], roll: (n: number) => number): Item[] {
  const left = [...items]
  return items.map(() => left.splice(roll(left.length), 1)[0] as Item)
}

test('an upload that is undone leaves every table as it was before, row for row', async () => {
  const fixture = openFixture()
  const { db } = fixture.writer
  const before = [dump(db)]
  const uploads = [part(0, 200), part(100, 320), part(150, 180), part(0, 500), []].map((each) => {
    const id = fixture.add(each, 64)
    before.push(dump(db))
    return id
  })
  assertTotalsHold(db)
  before.pop()
  for (const id of uploads.reverse()) {
    assert.equal(fixture.writer.undoUpload(id), true)
    assert.deepEqual(dump(db), before.pop())
    assertTotalsHold(db)
  }
  await fixture.close()
})

test('overlapping uploads undone in any order keep every total right, and leave nothing at the end', async () => {
  const roll = dice(5)
  for (let round = 0; round < 4; round++) {
    const fixture = openFixture()
    const { db } = fixture.writer
    const empty = dump(db)
    const cuts = Array.from({ length: 5 }, () => [roll(400), roll(100) + 1] as const)
    const uploads = cuts.map(([from, length]) => fixture.add(part(from, from + length), 40))
    for (const id of shuffled(uploads, roll)) {
      fixture.writer.undoUpload(id)
      assertTotalsHold(db)
    }
    assert.deepEqual(dump(db), empty)
    await fixture.close()
  }
})

test('two connections that write in turns keep every total right', async () => {
  const fixture = openFixture()
  const other = openWriter(fixture.file, null)
  for (let turn = 0; turn < 4; turn++) {
    fixture.add(part(turn * 40, turn * 40 + 100), 30)
    other.createUpload({ id: `other-${turn}`, name: 'other', tz: 'UTC', bytes: null })
    other.startUpload(`other-${turn}`, 'xml')
    for (const batch of batchesOf(part(turn * 40 + 60, turn * 40 + 160), 30)) other.write(`other-${turn}`, ...batch)
    other.finishUpload(`other-${turn}`)
    assertTotalsHold(fixture.writer.db)
    fixture.writer.undoUpload(turn % 2 === 0 ? `upload-${turn + 1}` : `other-${turn - 1}`)
    assertTotalsHold(fixture.writer.db)
  }
  other.close()
  await fixture.close()
})

test('what is left after an undo is what the other uploads had stored, as if they had been alone', async () => {
  const fixture = openFixture()
  const first = fixture.add(part(0, 300), 100)
  fixture.add(part(200, 450), 100)
  fixture.writer.undoUpload(first)
  const alone = openFixture()
  alone.add(part(300, 450), 100)
  const withDests = (tables: ReturnType<typeof contentDump>) => ({ ...tables, dest: [] })
  assert.deepEqual(withDests(contentDump(fixture.writer.db)), withDests(contentDump(alone.writer.db)))
  await fixture.close()
  await alone.close()
})

test('the order of uploads changes nothing', async () => {
  const roll = dice(8)
  const pieces = [part(0, 200), part(150, 260), part(250, 500), part(0, 60)].map((piece) => [...piece])
  const dumps = []
  for (let round = 0; round < 4; round++) {
    const fixture = openFixture()
    for (const piece of shuffled(pieces, roll)) fixture.add(shuffled(piece, roll), 1 + roll(90))
    assertTotalsHold(fixture.writer.db)
    dumps.push(contentDump(fixture.writer.db))
    await fixture.close()
  }
  const [first, ...others] = dumps
  for (const other of others) assert.deepEqual(other, first)
})

test('an upload that fails keeps its row and its reason, and nothing else', async () => {
  const fixture = openFixture()
  const { writer } = fixture
  fixture.add(part(0, 50))
  const before = dump(writer.db)
  writer.createUpload({ id: 'broken', name: 'broken.xml', tz: 'UTC', bytes: 10 })
  writer.startUpload('broken', 'xml')
  for (const batch of batchesOf(part(30, 400), 100)) writer.write('broken', ...batch)
  writer.failUpload('broken', 'The sender left.')
  assert.deepEqual(dump(writer.db), before)
  const { state, error, records, stored, duplicates, rejects, dests, firstTime } = await fixture.receipt('broken')
  assert.deepEqual([state, error], ['failed', 'The sender left.'])
  assert.deepEqual([records, stored, duplicates, rejects, dests, firstTime], [0, 0, 0, 0, 0, null])
  fixture.add(part(0, 400))
  assertTotalsHold(writer.db)
  await fixture.close()
})

test('a batch that cannot be stored leaves nothing of itself, and the next one is counted right', async () => {
  const fixture = openFixture()
  const { writer } = fixture
  writer.createUpload({ id: 'a', name: 'a', tz: 'UTC', bytes: null })
  writer.startUpload('a', 'xml')
  const [good, bad] = batchesOf(part(0, 100), 50)
  if (good === undefined || bad === undefined) throw new Error('two batches')
  writer.write('a', ...good)
  const before = dump(writer.db)
  const [events, counts] = bad
  const rows = events.rows.slice()
  rows[(events.length - 1) * width + column.time] = 1.5
  assert.throws(() => writer.write('a', { ...events, rows }, counts))
  assert.deepEqual(dump(writer.db), before)
  writer.write('a', ...bad)
  writer.finishUpload('a')
  assertTotalsHold(writer.db)
  const alone = openFixture()
  alone.add(part(0, 100))
  assert.deepEqual(contentDump(writer.db), contentDump(alone.writer.db))
  await fixture.close()
  await alone.close()
})

test('an undo that is killed after any slice is continued at the next start, and ends as if it had not been', async () => {
  const fixture = openFixture()
  const first = fixture.add(part(0, 260), 50)
  fixture.add(part(200, 450), 50)
  const copy = `${fixture.file}.copy`
  fixture.writer.db.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(fixture.file, copy)
  fixture.writer.undoUpload(first)
  const expected = dump(fixture.writer.db)

  openWriter(copy, null).startRemoval(first)
  let slices = 0
  for (let isPending = true; isPending; slices += 1) {
    // Nothing is closed, as when the process is killed.
    const writer = openWriter(copy, null, { milliseconds: 0, events: 1 })
    isPending = writer.runSlice()
    const state = writer.db.prepare('SELECT state FROM upload WHERE id = ?').pluck().get(first)
    assert.equal(state, writer.db.prepare('SELECT 1 FROM upload WHERE id = ?').get(first) ? 'removing' : undefined)
    assert.deepEqual(checkTotals(writer.db), [])
  }
  assert.ok(slices > 5, `${slices} slices`)
  const last = openWriter(copy, null)
  assert.deepEqual(dump(last.db), expected)
  assertTotalsHold(last.db)
  await fixture.close()
})

test('while an upload is removed others are stored, and nothing more is stored in it', async () => {
  const fixture = openFixture()
  const { writer } = fixture
  const first = fixture.add(part(0, 260), 50)
  writer.startRemoval(first)
  const slowly = openWriter(fixture.file, null, { milliseconds: 0, events: 1 })
  slowly.runSlice()
  const [batch] = batchesOf(part(300, 310))
  if (batch === undefined) throw new Error('a batch')
  assert.throws(() => writer.write(first, ...batch), /is being removed/)
  fixture.add(part(100, 400), 30)
  while (slowly.runSlice()) fixture.add([event(1121, 'LATE', 3, { Path: 'p' }, 7)])
  assertTotalsHold(writer.db)
  await fixture.close()
})

test('time spans over all hosts are right after removals that interrupt one another', async () => {
  const roll = dice(11)
  for (let round = 0; round < 3; round++) {
    const fixture = openFixture()
    const uploads = Array.from({ length: 5 }, (_, index) => fixture.add(part(index * 80, index * 80 + 140), 30))
    const slowly = openWriter(fixture.file, null, { milliseconds: 0, events: 1 })
    const removed = shuffled(uploads, roll).slice(0, 4)
    for (const id of removed) {
      slowly.startRemoval(id)
      for (let slices = roll(12); slices > 0; slices--) slowly.runSlice()
    }
    fixture.add(part(400, 440), 10)
    slowly.runJobs()
    assertTotalsHold(slowly.db)
    slowly.close()
    await fixture.close()
  }
})

test('a log of an archive that fails stays listed with its reason; an undo of the archive removes it', async () => {
  const fixture = openFixture()
  const { writer } = fixture
  const empty = dump(writer.db)
  writer.createUpload({ id: 'archive', name: 'a.zip', tz: 'UTC', bytes: 10 })
  for (const id of ['good', 'bad']) {
    writer.createUpload({ id, name: id, tz: 'UTC', bytes: 5, parent: 'archive' })
    for (const batch of batchesOf(id === 'good' ? part(0, 60) : part(40, 90))) writer.write(id, ...batch)
  }
  writer.finishUpload('good')
  writer.failUpload('bad', 'It is damaged.')
  writer.finishUpload('archive')
  const rows = writer.db.prepare('SELECT id, state, stored, error FROM upload ORDER BY seq').raw().all()
  assert.deepEqual(rows, [
    ['archive', 'done', 0, null],
    ['good', 'done', 60, null],
    ['bad', 'failed', 0, 'It is damaged.'],
  ])
  assertTotalsHold(writer.db)
  writer.undoUpload('archive')
  assert.deepEqual(dump(writer.db), empty)
  assert.equal(writer.db.prepare('SELECT count(*) FROM upload').pluck().get(), 0)
  await fixture.close()
})

test('a log of an archive that is undone stays listed as undone, is not written to any more, and may then be forgotten', async () => {
  const fixture = openFixture()
  const { writer, receipt } = fixture
  const empty = dump(writer.db)
  writer.createUpload({ id: 'archive', name: 'a.zip', tz: 'UTC', bytes: 10 })
  writer.startUpload('archive', 'zip')
  for (const [id, from] of [
    ['a', 0],
    ['b', 100],
    ['open', 200],
  ] as const) {
    writer.createUpload({ id, name: id, tz: 'UTC', bytes: 5, parent: 'archive' })
    writer.startUpload(id, 'xml')
    for (const batch of batchesOf(part(from, from + 60))) writer.write(id, ...batch)
    if (id !== 'open') writer.finishUpload(id)
  }
  for (const id of ['b', 'open']) {
    assert.equal(writer.startRemoval(id), true)
    const archive = await receipt('archive')
    assert.deepEqual([archive.records, archive.logs], [archive.stored, 3])
    writer.runJobs()
    const { state, error, records, stored } = await receipt(id)
    assert.deepEqual([state, records, stored], ['failed', 0, 0])
    assert.match(error ?? '', /was undone/)
  }
  const [batch] = batchesOf(part(300, 310))
  if (batch === undefined) throw new Error('a batch')
  assert.throws(() => writer.write('open', ...batch), { code: 'UPLOAD_GONE' })
  assert.throws(() => writer.finishUpload('open'), { code: 'UPLOAD_GONE' })
  writer.startUpload('open', 'xml')
  assert.equal((await receipt('open')).state, 'failed')
  writer.finishUpload('archive')
  const { records, stored, logs, state } = await receipt('archive')
  assert.deepEqual([state, records, stored, logs], ['done', 60, 60, 3])
  assertTotalsHold(writer.db)
  writer.undoUpload('b')
  assert.equal((await receipt('archive')).logs, 2)
  writer.startRemoval('archive')
  writer.undoUpload('a')
  writer.runJobs()
  assert.deepEqual(dump(writer.db), empty)
  assert.equal(writer.db.prepare('SELECT count(*) FROM upload').pluck().get(), 0)
  await fixture.close()
})

test('row numbers are never used again, whatever is undone', async () => {
  const fixture = openFixture()
  const { db } = fixture.writer
  const numbers = () =>
    ['upload', 'dest', 'detail', 'event', 'stack', 'fleet'].map((table) =>
      Number(
        db
          .prepare(`SELECT max(${table === 'upload' ? 'seq' : 'id'}) FROM ${table}`)
          .pluck()
          .get(),
      ),
    )
  const first = fixture.add(part(0, 100))
  const before = numbers()
  fixture.writer.undoUpload(first)
  fixture.add(part(0, 100))
  const least = ['upload', 'dest', 'detail', 'event', 'stack', 'fleet'].map((table) =>
    Number(
      db
        .prepare(`SELECT min(${table === 'upload' ? 'seq' : 'id'}) FROM ${table}`)
        .pluck()
        .get(),
    ),
  )
  for (const [index, number] of least.entries()) assert.ok(number > (before[index] ?? 0), `${number} in ${index}`)
  await fixture.close()
})

test('each batch of a feed is final: neither a failure nor a crash removes it, an undo does', async () => {
  const fixture = openFixture()
  const { writer } = fixture
  const [batch] = batchesOf(part(0, 50))
  if (batch === undefined) throw new Error('a batch')
  for (const id of ['fails', 'crashes']) {
    writer.createUpload({ id, kind: 'feed', name: id, tz: 'UTC', bytes: null })
    writer.startUpload(id, 'json')
  }
  writer.write('fails', ...batch)
  writer.write('crashes', ...(batchesOf(part(50, 90))[0] as typeof batch))
  writer.failUpload('fails', 'The sender left.')
  writer.recover()
  const rows = writer.db.prepare('SELECT id, state, stored, error FROM upload ORDER BY seq').raw().all()
  assert.deepEqual(rows, [
    ['fails', 'failed', 50, 'The sender left.'],
    ['crashes', 'done', 40, null],
  ])
  assert.equal(writer.db.prepare('SELECT count(*) FROM event').pluck().get(), 90)
  writer.undoUpload('fails')
  assert.equal(writer.db.prepare('SELECT count(*) FROM event').pluck().get(), 40)
  assertTotalsHold(writer.db)
  await fixture.close()
})

test('an upload that is not there cannot be undone', async () => {
  const fixture = openFixture()
  assert.equal(fixture.writer.undoUpload('no-such-upload'), false)
  await fixture.close()
})

test('times before 1970 are counted in their own hours, and undone', async () => {
  const fixture = openFixture()
  const { db } = fixture.writer
  const empty = dump(db)
  const times = ['1601-01-01T00:01:00Z', '1969-12-31T23:59:59.999Z', '1969-12-31T23:00:00Z', '1970-01-01T00:00:00Z']
  const id = fixture.add(times.map((time) => event(1121, 'OLD', time, { ID: 'x', Path: 'p' })))
  assertTotalsHold(db)
  const hours = db.prepare('SELECT DISTINCT hour FROM hour_rule ORDER BY hour').pluck().all()
  assert.deepEqual(hours, [-3234576, -1, 0])
  fixture.writer.undoUpload(id)
  assert.deepEqual(dump(db), empty)
  await fixture.close()
})

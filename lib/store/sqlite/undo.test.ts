import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { dice } from '#lib/formats/testing.ts'
import { batchesOf, event, openFixture } from '#lib/ingest/testing.ts'
import { readEvent, sampleEvents } from '#lib/query/testing.ts'
import { column, width } from '#lib/store/packed.ts'
import { assertTotalsHold, contentDump, dump } from '#lib/store/testing.ts'

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
  for (const batch of batchesOf(part(30, 400), 100)) writer.write('broken', batch)
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
  writer.write('a', good)
  const before = dump(writer.db)
  const rows = bad.events.rows.slice()
  rows[(bad.events.length - 1) * width + column.time] = 1.5
  assert.throws(() => writer.write('a', { ...bad, events: { ...bad.events, rows } }))
  assert.deepEqual(dump(writer.db), before)
  writer.write('a', bad)
  writer.finishUpload('a')
  assertTotalsHold(writer.db)
  const alone = openFixture()
  alone.add(part(0, 100))
  assert.deepEqual(contentDump(writer.db), contentDump(alone.writer.db))
  await fixture.close()
  await alone.close()
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

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { continuityOf, event, openFixture, sendEvents } from '#lib/ingest/testing.ts'
import { contentDump } from '#lib/store/testing.ts'
import { openSqlInProcesses } from './sql-in-processes.ts'
import { openSqliteWrites } from './writes.ts'

const fixture = openFixture()
const events = Array.from({ length: 1234 }, (_, index) =>
  event(1121, `PC${index % 7}`, index * 1000, { Path: `p${index}` }),
)
fixture.add(events)
const store = openSqlInProcesses(fixture.file)
after(async () => {
  await store.close()
  await fixture.close()
})

test('questions are answered off the thread that asks, side by side', async () => {
  const slow =
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT max(i) AS i FROM n'
  let ticks = 0
  const ticking = setInterval(() => ticks++, 5)
  const order: string[] = []
  await Promise.all([
    store.all(slow).then(() => order.push('slow')),
    store.all('SELECT 1').then(() => order.push('quick')),
  ])
  clearInterval(ticking)
  assert.deepEqual(order, ['quick', 'slow'])
  assert.ok(ticks > 2, `${ticks} ticks`)
})

test('a stream returns every row in order, and shows one state of the data until it ends', async () => {
  const numbers: number[] = []
  let later = ''
  for await (const rows of store.stream<{ id: number }>('SELECT id FROM event ORDER BY id')) {
    if (later === '') later = fixture.add([event(1121, 'PC9', 5)])
    numbers.push(...rows.map(({ id }) => id))
  }
  assert.deepEqual(
    numbers,
    Array.from(events, (_, index) => index + 1),
  )
  fixture.writer.undoUpload(later)
})

test('a stream that is left early is closed, and a hundred of them leave the store as it was', async () => {
  for (let round = 0; round < 100; round++) {
    for await (const rows of store.stream('SELECT * FROM event')) {
      assert.equal(rows.length, 500)
      break
    }
  }
  assert.deepEqual(await store.all('SELECT count(*) AS n FROM event'), [{ n: 1234 }])
})

test('a question that makes no sense fails alone, and no question can write', async () => {
  await assert.rejects(store.all('SELECT nonsense'), /no such column/)
  await assert.rejects(store.stream('SELECT nonsense').next(), /no such column/)
  await assert.rejects(store.all('DELETE FROM event RETURNING id'), /readonly/)
  assert.deepEqual(await store.all('SELECT ? AS a, ? AS b, ? AS c', ['x', 2, null]), [{ a: 'x', b: 2, c: null }])
})

test('what an event was logged with is read back from its frame', async () => {
  const [row] = await store.all<{ id: number }>("SELECT event AS id FROM asr_event WHERE Path = 'p777'")
  assert.deepEqual(await store.logged(row?.id ?? 0), [['EventData', [['Path', 'p777']]]])
  assert.equal(await store.logged(10_000_000), null)
})

test('the writing thread stores what the same calls store without a thread', async () => {
  const other = openFixture()
  const writer = await openSqliteWrites(other.file, null)
  await writer.createUpload({ id: 'a', name: 'a', tz: 'UTC', bytes: null })
  await writer.startUpload('a', 'xml')
  await sendEvents(writer, 'a', events, 300)
  await writer.finishUpload('a', continuityOf(events))
  await assert.rejects(sendEvents(writer, 'nowhere', [], 300), /There is no upload nowhere/)
  assert.deepEqual(contentDump(other.writer.db), contentDump(fixture.writer.db))
  assert.equal(await writer.undoUpload('a'), true)
  await writer.close()
  await other.close()
})

test('a store can be closed at any moment after it was opened', async () => {
  for (let round = 0; round < 3; round++) await openSqlInProcesses(fixture.file).close()
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchesOf, event, openFixture } from '#lib/ingest/testing.ts'
import { openPacker } from '#lib/store/sqlite/pack.ts'
import { paramsOf } from './testing.ts'
import { selectUploads } from './uploads.ts'

/** Uploads of one millisecond, whose ids and names are in another order than they came in. */
function openUploads(ids: readonly string[]) {
  const fixture = openFixture()
  for (const id of ids) {
    fixture.writer.createUpload({ id, name: `${id}.xml`, tz: 'UTC', bytes: null })
    fixture.writer.startUpload(id, 'xml')
    fixture.writer.finishUpload(id)
  }
  return fixture
}

test('uploads of the same millisecond keep the order in which they came, the last first, over every page', async (t) => {
  t.mock.method(Date, 'now', () => 1_700_000_000_000)
  const { reads, close } = openUploads(['c', 'a', 'd', 'b'])
  const idsOf = async (query = '') => (await selectUploads(reads, paramsOf('uploads', query))).rows.map(({ id }) => id)
  assert.deepEqual(await idsOf(), ['b', 'd', 'a', 'c'])
  assert.deepEqual(await idsOf('sort=createdAt'), ['c', 'a', 'd', 'b'])
  assert.deepEqual(await idsOf('sort=-records'), ['b', 'd', 'a', 'c'])
  const pages = await Promise.all([1, 2, 3].map((page) => idsOf(`limit=2&page=${page}`)))
  assert.deepEqual(pages, [['b', 'd'], ['a', 'c'], []])
  assert.equal((await reads.newestUpload())?.id, 'b')
  await close()
})

test('the newest upload that is done is found by what its id begins with', async () => {
  const { reads, writer, close } = openUploads(['sample-1', 'sample-2', 'other-1'])
  assert.equal((await reads.uploadNamed('sample-'))?.id, 'sample-2')
  writer.createUpload({ id: 'sample-3', name: 'x', tz: 'UTC', bytes: null })
  assert.equal((await reads.uploadNamed('sample-'))?.id, 'sample-2')
  assert.equal(await reads.uploadNamed('ample'), null)
  await close()
})

test('an archive is listed once, with its logs counted in it and listed in its order', async () => {
  const { reads, writer, close } = openUploads(['plain'])
  writer.createUpload({ id: 'zip', name: 'logs.zip', tz: 'UTC', bytes: null })
  for (const id of ['second', 'first']) writer.createUpload({ id, name: id, tz: 'UTC', bytes: null, parent: 'zip' })
  const { total, rows } = await selectUploads(reads)
  assert.deepEqual(
    [total, rows.map(({ id, logs }) => [id, logs])],
    [
      2,
      [
        ['zip', 2],
        ['plain', 0],
      ],
    ],
  )
  assert.deepEqual(
    (await reads.logs('zip')).map(({ id }) => id),
    ['second', 'first'],
  )
  await close()
})

test('rejects of an archive come in the order of its logs and records; a log that is being undone counts no more', async () => {
  const { reads, writer, close } = openUploads([])
  writer.createUpload({ id: 'zip', name: 'logs.zip', tz: 'UTC', bytes: null })
  for (const id of ['second', 'first']) {
    writer.createUpload({ id, name: id, tz: 'UTC', bytes: null, parent: 'zip' })
    const rejects = (['no-dest', 'bad-structure'] as const).map((reason, index) => ({
      ...{ record: 2 - index, line: null, offset: 0, reason, detail: '', snippet: '' },
    }))
    const counts = { bytesRead: 1, records: 2, otherCodes: {}, rejects, unread: 0 }
    writer.write(id, openPacker().close(), counts)
    writer.finishUpload(id)
  }
  const { total, rows } = await reads.rejects('zip', { offset: 0, limit: 3 })
  assert.deepEqual(
    [total, rows.map(({ log, record, reason }) => [log, record, reason])],
    [
      4,
      [
        ['second', 1, 'bad-structure'],
        ['second', 2, 'no-dest'],
        ['first', 1, 'bad-structure'],
      ],
    ],
  )
  assert.equal(await reads.countWithoutDest('zip'), 2)
  assert.equal(await reads.removing(), null)
  writer.startRemoval('second')
  assert.deepEqual([(await reads.upload('zip'))?.rejects, await reads.removing()], [2, 'second'])
  writer.startRemoval('zip')
  assert.deepEqual([(await reads.upload('zip'))?.rejects, await reads.removing()], [4, 'logs.zip'])
  await close()
})

test('the version changes with each batch that stores events and when they are removed, and not in between', async () => {
  const { reads, writer, close } = openUploads(['first'])
  const versions = [await reads.version()]
  for (const batch of batchesOf([event(1121, 'PC-1', 0), event(1122, 'PC-1', 0)], 1)) {
    writer.write('first', ...batch)
    versions.push(await reads.version())
    assert.equal(await reads.version(), versions.at(-1))
  }
  assert.equal(writer.undoUpload('first'), true)
  versions.push(await reads.version())
  assert.equal(new Set(versions).size, 4)
  await close()
})

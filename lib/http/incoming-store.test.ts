import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Upload } from '@tus/server'
import { asRequest } from '#lib/access/context.ts'
import { endProcess } from '#lib/access/testing.ts'
import { batchesOf, event, temporaryFolder } from '#lib/ingest/testing.ts'
import { getReads, getWrites } from '#lib/store/open.ts'
import { databaseFile } from '#lib/store/settings.ts'
import { freeSpace, tightSpace } from '#lib/store/space.ts'
import { openWriter } from '#lib/store/sqlite/writer.ts'
import { smallDisk } from '#lib/store/testing-disk.ts'
import { IncomingStore } from './incoming-store.ts'

/** A store in a data folder of its own, or in one that is given, and what puts a log that was begun into it. */
function openStore(t: TestContext, given?: string) {
  const { folder, remove } = given === undefined ? temporaryFolder() : { folder: given, remove: () => {} }
  t.after(() => endProcess().finally(remove))
  process.env.DATA_DIR = folder
  const incoming = join(folder, 'incoming')
  mkdirSync(incoming)
  function begin(client: string): string {
    const id = randomUUID()
    writeFileSync(join(incoming, id), '')
    writeFileSync(join(incoming, `${id}.json`), JSON.stringify({ id, size: 1000, metadata: { client } }))
    return id
  }
  return { store: new IncomingStore(), incoming, begin }
}

test('a client may have 250 logs begun; the next is refused, and others are not', async (t) => {
  const { store, begin } = openStore(t)
  for (let count = 0; count < 250; count++) begin('10.0.0.1')
  const create = (client: string) =>
    store.create(new Upload({ id: randomUUID(), size: 10, offset: 0, metadata: { client } }))
  await assert.rejects(create('10.0.0.1'), { status_code: 503, body: /^You are sending 250 logs already/ })
  await create('10.0.0.2')
})

/** Uploads that were undone, the first before the others, each with some hundred kilobytes that are kept. */
async function undoUploads(ids: readonly string[]): Promise<{ id: string; bytes: number }[]> {
  const writer = openWriter(databaseFile(), null)
  for (const [index, id] of ids.entries()) {
    writer.createUpload({ id, name: id, tz: 'UTC', bytes: null })
    const paths = Array.from({ length: 6000 }, () => randomBytes(32).toString('hex'))
    const log = paths.map((Path, at) => event(1121, 'PC', 3_600_000 + at, { Path }))
    for (const batch of batchesOf(log, 1000)) writer.write(id, ...batch)
    writer.finishUpload(id)
    const actor = { kind: 'local' as const, id: null, name: 'jane' }
    writer.undoUpload(id, { actor, address: null, request: null, at: Date.now() - 1000 * (ids.length - index) })
  }
  writer.close()
  return (await getReads()).removed()
}

const keptIds = async () => (await (await getReads()).removed()).map(({ id }) => id)

const logOf = (size: number) => new Upload({ id: randomUUID(), size, offset: 0, metadata: { client: '10.0.0.1' } })

/** Sends a log of so many bytes as the holder of a token, and how many bytes of it come. */
async function send(store: IncomingStore, size: number, come = size): Promise<void> {
  const log = logOf(size)
  await store.create(log)
  const bytes = Readable.from(come === 0 ? [] : [Buffer.alloc(come)])
  await asRequest(sender, () => store.write(bytes, log.id, 0))
}

const sender = { kind: 'token', id: 't1', name: 'exporter', scope: 'upload' } as const

/** What the audit log says of what has gone. */
async function dropped() {
  const log = { actor: null, action: 'kept-dropped', subject: null, from: null, to: null } as const
  const { rows } = await (await getReads()).audit(log, { offset: 0, limit: 10 })
  return rows.map(({ actor, subject, before, after }) => [actor.name, subject, before?.stored, after])
}

test('what is kept of undone uploads goes for bytes that come and would go beyond the quota, and not for a promise of them', async (t) => {
  const { store } = openStore(t)
  const kept = await undoUploads(['a', 'b', 'c'])
  const all = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  process.env.INCOMING_MAX_BYTES = String(all + 1000)
  t.after(() => Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES'))
  await assert.rejects(store.create(logOf(all + 1001)), { status_code: 507, body: /INCOMING_MAX_BYTES/ })
  await send(store, all, 0)
  assert.deepEqual(await keptIds(), ['c', 'b', 'a'], 'a promise')
  await send(store, 1000)
  assert.deepEqual(await keptIds(), ['c', 'b', 'a'], 'exactly the quota')
  assert.deepEqual(await dropped(), [])
})

test('the oldest goes first, no more than is needed, and the audit log says of each for whom and why', async (t) => {
  const { store } = openStore(t)
  const kept = await undoUploads(['a', 'b', 'c'])
  const all = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  process.env.INCOMING_MAX_BYTES = String(all + 1000)
  t.after(() => Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES'))
  await send(store, 1001)
  assert.deepEqual(await keptIds(), ['c', 'b'])
  assert.deepEqual(await dropped(), [['exporter', 'a', 6000, { reason: 'quota' }]])
  await send(store, all - 1)
  assert.deepEqual(await keptIds(), [])
  assert.deepEqual(
    (await dropped()).map(([, subject]) => subject),
    ['c', 'b', 'a'],
  )
})

test('a promise of bytes that the disk has no space for lets nothing go; when the disk gets short, the oldest goes', async (t) => {
  const disk = smallDisk(t, 1100)
  if (disk === null) return
  const { store, incoming } = openStore(t, disk)
  const kept = await undoUploads(['a', 'b', 'c'])
  const writes = await getWrites()
  const room = freeSpace(disk) - 256 * 1024 ** 2
  await assert.rejects(store.create(logOf(room + 100 * 1024 ** 2)), { status_code: 507, body: /has space for/ })
  await store.create(logOf(room + Math.floor((kept.at(-1)?.bytes ?? 0) / 2)))
  await writes.probe()
  assert.deepEqual(await keptIds(), ['c', 'b', 'a'], 'a promise')
  writeFileSync(join(incoming, 'other'), Buffer.alloc(freeSpace(disk) - tightSpace + 8192))
  await writes.probe()
  while ((await dropped()).length === 0 || freeSpace(disk) < tightSpace) await wait(20)
  assert.deepEqual(await dropped(), [['server', 'a', 6000, { reason: 'disk' }]])
  assert.deepEqual(await keptIds(), ['c', 'b'])
})

test('when 64 pieces are being sent, a further one takes the place of the slowest, of which all that came stays', async (t) => {
  const { store, incoming, begin } = openStore(t)
  let later = 0
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + later)
  const pieces = Array.from({ length: 64 }, (_, index) => {
    const bytes = new PassThrough()
    bytes.write('x'.repeat(index === 7 ? 10 : 100))
    const id = begin('10.0.0.1')
    return { id, bytes, written: asRequest(sender, () => store.write(bytes, id, 0)) }
  })
  const ended = Promise.allSettled(pieces.map(({ written }) => written))
  const sizeOf = (id = '') => statSync(join(incoming, id)).size
  while (pieces.some(({ id }) => sizeOf(id) === 0)) await wait(5)
  const further = () => asRequest(sender, () => store.write(Readable.from([Buffer.from('abc')]), begin('10.0.0.2'), 0))
  await assert.rejects(further(), { status_code: 503 })
  later = 11_000
  assert.equal(await further(), 3)
  const slowest = pieces[7]
  await assert.rejects(slowest?.written ?? Promise.resolve(), {
    status_code: 408,
    body: /fewer than 1024 bytes a second/,
  })
  assert.equal(sizeOf(slowest?.id), 10)
  for (const { bytes } of pieces) bytes.end()
  const states = (await ended).map(({ status }) => status)
  assert.equal(states.filter((state) => state === 'fulfilled').length, 63)
})

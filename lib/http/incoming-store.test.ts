import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Upload } from '@tus/server'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { IncomingStore } from './incoming-store.ts'

/** A store in a data folder of its own, and what puts a log that was begun into it. */
function openStore(t: TestContext) {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
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

test('when 64 pieces are being sent, a further one takes the place of the slowest, of which all that came stays', async (t) => {
  const { store, incoming, begin } = openStore(t)
  let later = 0
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + later)
  const pieces = Array.from({ length: 64 }, (_, index) => {
    const bytes = new PassThrough()
    bytes.write('x'.repeat(index === 7 ? 10 : 100))
    const id = begin('10.0.0.1')
    return { id, bytes, written: store.write(bytes, id, 0) }
  })
  const ended = Promise.allSettled(pieces.map(({ written }) => written))
  const sizeOf = (id = '') => statSync(join(incoming, id)).size
  while (pieces.some(({ id }) => sizeOf(id) === 0)) await wait(5)
  const further = () => store.write(Readable.from([Buffer.from('abc')]), begin('10.0.0.2'), 0)
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

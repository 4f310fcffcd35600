import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Actor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { endProcess, linesLogged } from '#lib/access/testing.ts'
import { upload } from '#lib/access/uploads.ts'
import { hourLength } from '#lib/asr/hours.ts'
import { xmlEvent } from '#lib/formats/testing.ts'
import { forgetIncoming, isUploadId } from '#lib/ingest/incoming.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { withAsking } from '#lib/store/asking.ts'
import { getReads } from '#lib/store/open.ts'
import { refuseUploads } from '#lib/store/testing.ts'
import { openResumable } from './resumable.ts'

const body = xmlEvent(1121, "<Data Name='ID'>x</Data>")

const sender: Actor = { kind: 'local', name: 'jane' }

/** A server that takes logs in pieces into a data folder of its own. The sender of a piece has left when it is there. */
async function openServer(t: TestContext, before = (_folder: string, _file: string): void => {}) {
  const { folder, file, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  const reads = await getReads()
  before(join(folder, 'incoming'), file)
  const resumable = openResumable()
  let who = sender
  const server = createServer((asked, answer) => {
    const signal = asked.method === 'PATCH' ? AbortSignal.abort() : new AbortController().signal
    withAsking({ pool: 'pages', client: 'sender', signal }, () =>
      asRequest(who, () => void resumable.handle(asked, answer)),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await endProcess()
    remove()
  })
  const { port } = server.address() as AddressInfo

  async function ask(method: string, path: string, headers: Record<string, string>, bytes = ''): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${port}${apiPaths.resumable}${path}`, {
      method,
      headers: { 'Tus-Resumable': '1.0.0', ...headers },
      body: bytes,
    })
    return answer.status
  }
  /** Begins a log. Returns its id. */
  async function begin(said: Record<string, string> = {}): Promise<string> {
    const id = randomUUID()
    const metadata = Object.entries({ id, ...said })
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(',')
    assert.equal(await ask('POST', '', { 'Upload-Length': `${body.length}`, 'Upload-Metadata': metadata }), 201)
    return id
  }
  /** Sends all of a log as one piece. */
  async function send(id: string): Promise<void> {
    const headers = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }
    assert.equal(await ask('PATCH', `/${id}`, headers, body), 204)
  }

  /** Resolves with the state of an upload when it has ended, within a minute. */
  async function ended(id: string): Promise<string> {
    for (const end = Date.now() + 60_000; ; await wait(20)) {
      const state = (await reads.upload(id))?.state
      if (state === 'done' || state === 'failed') return state
      assert.ok(Date.now() < end, `the upload is ${state}`)
    }
  }
  /** From now on another one asks. */
  const askAs = (actor: Actor): void => {
    who = actor
  }
  return { folder, file, ask, askAs, begin, send, ended }
}

test('a log whose sender leaves with its last byte is read', async (t) => {
  const { begin, send, ended } = await openServer(t)
  const id = await begin()
  await send(id)
  assert.equal(await ended(id), 'done')
})

test('a log is read as the request of the actor that sent it, whatever its sender says of that', async (t) => {
  const lines = linesLogged(t)
  const { begin, send, ended } = await openServer(t)
  const id = await begin({ actor: JSON.stringify({ kind: 'server', name: 'server' }) })
  await send(id)
  assert.equal(await ended(id), 'done')
  const line = await lines.of(id)
  assert.deepEqual([line.message, line.actor, line.state], ['An upload has ended.', 'jane', 'done'])
  assert.match(String(line.request), /^[\w-]{16}$/)
})

test('a log in pieces is continued, asked about and taken back by its sender alone, or an administrator', async (t) => {
  const { ask, askAs, begin, send, ended } = await openServer(t)
  const jane: Actor = { kind: 'account', id: 'a1', name: 'jane', role: 'analyst', session: 's1' }
  askAs(jane)
  const [id, second] = [await begin(), await begin()]
  const piece = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }
  const others: Actor[] = [
    { ...jane, id: 'a2' },
    { kind: 'token', id: 'a1', name: 'jane', scope: 'upload' },
    { kind: 'anonymous', name: 'jane' },
  ]
  for (const other of others) {
    askAs(other)
    assert.equal(await ask('PATCH', `/${id}`, piece, body), 404)
    assert.equal(await ask('DELETE', `/${id}`, {}), 404)
  }
  askAs({ ...jane, name: 'Jane', role: 'viewer', session: 's2' })
  await send(id)
  assert.equal(await ended(id), 'done')
  askAs({ ...jane, id: 'a3', role: 'admin' })
  assert.equal(await ask('DELETE', `/${second}`, {}), 204)
})

test('after a restart, too, a log is that of the actor that sent it', async (t) => {
  const lines = linesLogged(t)
  const [known, old, forged] = [randomUUID(), randomUUID(), randomUUID()]
  const { ended } = await openServer(t, (incoming) => {
    mkdirSync(incoming)
    for (const [id, actor] of [
      [known, { actor: JSON.stringify(sender) }],
      [old, {}],
      [forged, { actor: JSON.stringify({ kind: 'server', name: 'server' }) }],
    ] as const) {
      const metadata = { id, ...actor }
      writeFileSync(join(incoming, id), body)
      writeFileSync(join(incoming, `${id}.json`), JSON.stringify({ id, size: body.length, metadata }))
    }
  })
  for (const id of [known, old, forged]) assert.equal(await ended(id), 'done')
  assert.equal((await lines.of(known)).actor, 'jane')
  // Versions that did not keep the actor had only one, and kept what a sender said of itself.
  assert.equal((await lines.of(old)).actor, 'local')
  assert.equal((await lines.of(forged)).actor, 'local')
})

test('a log that could not be begun is not counted as one that ended the server', async (t) => {
  const { folder, file, begin, send, ended } = await openServer(t)
  const id = await begin()
  const attempts = join(folder, 'incoming', `${id}.attempts`)
  const counted = (): string | null => {
    try {
      return readFileSync(attempts, 'utf8')
    } catch {
      return null
    }
  }
  writeFileSync(attempts, '2')
  const allow = refuseUploads(file)
  await send(id)
  // It is tried, which fails before a byte of it is read.
  for (const end = Date.now() + 60_000; counted() !== null; await wait(5)) assert.ok(Date.now() < end, `${counted()}`)
  allow()
  assert.equal(await ended(id), 'done')
})

test('every hour, logs that were begun more than a day ago and not completed are removed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { folder, begin } = await openServer(t)
  const [old, fresh] = [await begin(), await begin()]
  const file = join(folder, 'incoming', old)
  const said = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as object
  writeFileSync(`${file}.json`, JSON.stringify({ ...said, creation_date: new Date(Date.now() - 25 * hourLength) }))
  t.mock.timers.tick(hourLength - 1)
  assert.ok(existsSync(file))
  t.mock.timers.tick(1)
  for (const end = Date.now() + 60_000; readdirSync(join(folder, 'incoming')).length > 2; await wait(20))
    assert.ok(Date.now() < end)
  assert.deepEqual(readdirSync(join(folder, 'incoming')).sort(), [fresh, `${fresh}.json`])
})

test('logs that were sent before the start are read, even if one of them is undone meanwhile', async (t) => {
  let allow = (): void => {}
  const { folder, ended } = await openServer(t, (incoming, file) => {
    mkdirSync(incoming)
    for (const id of Array.from({ length: 10 }, () => randomUUID())) {
      writeFileSync(join(incoming, id), body)
      writeFileSync(join(incoming, `${id}.json`), JSON.stringify({ id, size: body.length, metadata: { id } }))
    }
    allow = refuseUploads(file)
  })
  // The first eight wait for the trigger to be gone, the others for one of these.
  const ids = readdirSync(join(folder, 'incoming')).filter(isUploadId)
  const [first = '', undone = ''] = [ids[0], ids[8]]
  for (const end = Date.now() + 60_000; !existsSync(join(folder, 'incoming', `${first}.attempts`)); await wait(1))
    assert.ok(Date.now() < end, 'the first is tried')
  await forgetIncoming(undone)
  allow()
  for (const id of ids.filter((each) => each !== undone)) assert.equal(await ended(id), 'done')
})

test('a log with duplicates of an upload that stalls does not wait for it, and keeps them when that one fails', async (t) => {
  const { begin, send, ended } = await openServer(t)
  const left = Promise.withResolvers<void>()
  async function* broken() {
    // Enough for its format to be detected, so that it is stored while its sender pauses.
    yield Buffer.from(Array.from({ length: 500 }, (_, n) => body.replace('>2975<', `>${2975 + n}<`)).join('\n'))
    await left.promise
    throw new Error('the connection was closed')
  }
  const first = randomUUID()
  const ending = upload({ id: first, name: 'first.xml', tz: 'UTC', bytes: null }, broken())
  const receiptOf = async (id: string) => (await getReads()).upload(id)
  for (const end = Date.now() + 60_000; !(await receiptOf(first))?.stored; await wait(20))
    assert.ok(Date.now() < end, 'the first is not stored')
  const id = await begin()
  await send(id)
  assert.equal(await ended(id), 'done')
  left.resolve()
  assert.equal((await ending).state, 'failed')
  const { stored, duplicates } = (await receiptOf(id)) ?? {}
  assert.deepEqual([stored, duplicates], [1, 0])
})

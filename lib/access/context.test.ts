import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { xmlEvent } from '#lib/formats/testing.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { requestId, withRequest } from '#lib/log/request.ts'
import type { Actor } from './actor.ts'
import { asRequest, context, serverContext } from './context.ts'
import { endProcess, linesLogged } from './testing.ts'

const jane: Actor = { kind: 'local', name: 'jane' }

test('the context is that of the request; outside of one there is none, but in development', async (t) => {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  t.after(async () => {
    Reflect.deleteProperty(process.env, 'NODE_ENV')
    await endProcess()
    remove()
  })
  assert.equal((await asRequest(jane, context)).actor, jane)
  assert.equal((await serverContext()).actor.kind, 'server')
  for (const mode of [undefined, 'production']) {
    Object.assign(process.env, mode === undefined ? {} : { NODE_ENV: mode })
    await assert.rejects(context(), /There is no context, since no request is being answered/)
  }
  Object.assign(process.env, { NODE_ENV: 'development' })
  assert.equal((await context()).actor.name, 'local')
})

test('what is logged in a request has the id of its context', () => {
  const ids = asRequest(jane, () => [requestId(), requestId()])
  assert.match(ids[0] ?? '', /^[\w-]{16}$/)
  assert.equal(ids[0], ids[1])
  assert.equal(
    withRequest('of-the-server', () => asRequest(jane, requestId)),
    'of-the-server',
  )
})

test('the log says who sent a log and who undid it, in which request', async (t) => {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  t.after(async () => {
    await endProcess()
    remove()
  })
  const id = randomUUID()
  const sent = linesLogged(t)
  async function* bytes() {
    yield Buffer.from(xmlEvent(1121, "<Data Name='ID'>x</Data>"))
  }
  const request = await asRequest(jane, async () => {
    const { writes, requestId } = await context()
    await writes.upload({ id, name: 'a.xml', tz: 'UTC', bytes: null }, bytes())
    return requestId
  })
  const ended = { message: 'An upload has ended.', request, actor: 'jane', upload: id, name: 'a.xml', state: 'done' }
  assert.deepEqual(await sent.of(id), ended)
  t.mock.restoreAll()
  const undone = linesLogged(t)
  const other = await asRequest({ kind: 'local', name: 'joe' }, async () => {
    const { writes, requestId } = await context()
    assert.equal(await writes.undoUpload(id), true)
    assert.equal(await writes.undoUpload(randomUUID()), false)
    return requestId
  })
  const line = { message: 'An upload was undone.', request: other, actor: 'joe', upload: id }
  assert.deepEqual(await undone.of(id), line)
})

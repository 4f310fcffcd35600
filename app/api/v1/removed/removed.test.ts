import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { context } from '#lib/access/context.ts'
import { asLocal, endProcess } from '#lib/access/testing.ts'
import { xmlEvent } from '#lib/formats/testing.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { POST } from './[id]/restore/route.ts'
import { GET } from './route.ts'

const { folder, remove } = temporaryFolder()
process.env.DATA_DIR = folder
after(async () => {
  await endProcess()
  remove()
})

const asked = (query = '') => new Request(`http://127.0.0.1/api/v1/removed${query}`)
const restore = async (id: string) => {
  const answer = await asLocal(() => POST(asked(), { params: Promise.resolve({ id }) }))
  return { status: answer.status, location: answer.headers.get('Location'), body: await answer.json() }
}
const list = async () => (await asLocal(() => GET(asked()))).json()
const stateOf = (id: string) => asLocal(async () => (await (await context()).reads.upload(id))?.state)

async function send(id: string): Promise<void> {
  async function* bytes() {
    yield Buffer.from(xmlEvent(1121, "<Data Name='ID'>x</Data>"))
  }
  await asLocal(async () => (await context()).writes.upload({ id, name: 'a.xml', tz: 'UTC', bytes: null }, bytes()))
}

const undo = (id: string) => asLocal(async () => (await context()).writes.undoUpload(id))

test('an undone upload is listed until it is restored under its id', async () => {
  const id = randomUUID()
  await send(id)
  assert.deepEqual(await list(), { total: 0, rows: [] })
  assert.equal((await restore(id)).status, 404)
  await undo(id)
  const { total, rows } = (await list()) as { total: number; rows: Record<string, unknown>[] }
  assert.deepEqual([total, rows[0]?.id, rows[0]?.name, rows[0]?.state, rows[0]?.stored], [1, id, 'a.xml', 'kept', 1])
  assert.match(String(rows[0]?.keptUntil), /^\d{4}-.*Z$/)

  const { status, location, body } = await restore(id)
  assert.deepEqual([status, location, body.state], [202, `/api/v1/uploads/${id}`, 'restoring'])
  for (const end = Date.now() + 60_000; (await stateOf(id)) !== 'done'; await wait(20))
    assert.ok(Date.now() < end, 'it is not restored')
  assert.equal((await restore(id)).status, 404, 'nothing is kept any more')
  assert.deepEqual(await list(), { total: 0, rows: [] })
})

test('what was sent again under the id is not overwritten', async () => {
  const id = randomUUID()
  await send(id)
  await undo(id)
  await send(id)
  const { status, body } = await restore(id)
  assert.deepEqual([status, body.error.code], [409, 'exists'])
  assert.equal((await asLocal(() => GET(asked('?page=0')))).status, 400)
})

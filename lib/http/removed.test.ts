import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { POST as restore } from '#app/api/v1/removed/[id]/restore/route.ts'
import { GET as getRemoved } from '#app/api/v1/removed/route.ts'
import { context } from '#lib/access/context.ts'
import { asLocal, endProcess } from '#lib/access/testing.ts'
import { xmlEvent } from '#lib/formats/testing.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'

const asked = (query = '') => new Request(`http://127.0.0.1/api/v1/removed${query}`)
const at = (id: string) => ({ params: Promise.resolve({ id }) }) as never

test('an undone upload is listed, restored under its id, and recorded', async (t) => {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  t.after(async () => {
    await endProcess()
    remove()
  })
  const id = randomUUID()
  async function* bytes() {
    yield Buffer.from(xmlEvent(1121, "<Data Name='ID'>x</Data>"))
  }
  await asLocal(async () => {
    const { reads, writes } = await context()
    await writes.upload({ id, name: 'a.xml', tz: 'UTC', bytes: null }, bytes())
    assert.equal((await restore(asked(), at(id))).status, 404, 'it is not undone')
    const before = await reads.upload(id)
    assert.equal(await writes.undoUpload(id), true)
    const { total, rows } = await (await getRemoved(asked())).json()
    assert.deepEqual(
      [total, rows[0].id, rows[0].name, rows[0].state, rows[0].stored, rows[0].removedBy],
      [1, id, 'a.xml', 'kept', 1, 'local'],
    )
    assert.ok(Date.parse(rows[0].keptUntil) > Date.now())
    assert.equal((await getRemoved(asked('?colour=red'))).status, 400)
    assert.equal((await restore(asked(), at(id))).status, 202)
    for (const end = Date.now() + 60_000; (await reads.upload(id))?.state !== 'done' && Date.now() < end; ) await wait(20)
    assert.deepEqual(await reads.upload(id), before)
    for (const end = Date.now() + 60_000; (await reads.removed()).length > 0 && Date.now() < end; ) await wait(20)
    assert.deepEqual(await (await getRemoved(asked())).json(), { total: 0, rows: [] })
    const everything = { actor: null, action: null, subject: id, from: null, to: null }
    const audited = await reads.audit(everything, { offset: 0, limit: 10 })
    assert.deepEqual(
      audited.rows.map(({ action }) => action),
      ['restore', 'undo', 'upload'],
    )
  })
})

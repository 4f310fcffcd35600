import { randomUUID } from 'node:crypto'
import { copyFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fleetLines, isOurs, logOf } from './fixtures/fleet.ts'
import { announceLog, sendInPieces, sendPiece } from './fixtures/pieces.ts'
import { answerOf, beginUpload } from './fixtures/raw.ts'
import type { Receipt, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'restarts', holds: 'nothing' })
test.describe.configure({ timeout: 240_000 })

const lines = fleetLines({ dests: 40, days: 30, seed: 51 })
const large = logOf(Array.from({ length: 5 }, (_, copy) => fleetLines({ dests: 40, days: 30, seed: 60 + copy })).flat())
const ours = lines.filter(isOurs).length

const incoming = (server: Server): Promise<string[]> => readdir(join(server.dataDir, 'incoming'))
const receiptOf = (server: Server, id: string) => server.get<Receipt>(`/api/v1/uploads/${id}`).catch(() => null)
const undo = (server: Server, id: string) => fetch(`${server.url}/api/v1/uploads/${id}`, { method: 'DELETE' })
const total = async (server: Server, table: string) => (await server.get<{ total: number }>(`/api/v1/${table}`)).total

for (const [signal, moments] of [
  ['SIGKILL', [0, 150, 500]],
  ['SIGTERM', [0]],
] as const) {
  test(`a log that was sent in pieces to its end is read after ${signal}, under its id and once`, async ({
    server,
  }) => {
    const before = await total(server, 'events')
    const id = await sendInPieces(server, 'whole.xml', large)
    await expect.poll(() => receiptOf(server, id).then((receipt) => receipt?.state), { timeout: 120_000 }).toBe('done')
    const wanted = await receiptOf(server, id)
    await undo(server, id)
    for (const moment of moments) {
      const name = `${signal} ${moment}.xml`
      const id = await sendInPieces(server, name, large)
      // The server is to be stopped at different moments of reading, whatever it does in them.
      await new Promise((resolve) => setTimeout(resolve, moment))
      await server.stop(signal)
      await server.start()
      await expect
        .poll(() => receiptOf(server, id).then((receipt) => receipt?.state), { timeout: 120_000 })
        .toBe('done')
      const { records, stored, duplicates, rejects, dests } = (await receiptOf(server, id)) as Receipt
      expect({ name, records, stored, duplicates, rejects, dests }).toEqual({
        name,
        records: wanted?.records,
        stored: wanted?.stored,
        duplicates: 0,
        rejects: wanted?.rejects,
        dests: wanted?.dests,
      })
      expect(await total(server, 'events')).toBe(before + (wanted?.stored ?? 0))
      await expect.poll(() => incoming(server)).toEqual([])
      expect((await undo(server, id)).ok).toBe(true)
      await expect.poll(() => total(server, 'uploads')).toBe(0)
      expect(await total(server, 'events')).toBe(before)
    }
  })
}

test('a log that ends the server again and again is given up, and one that is undone is not read again', async ({
  server,
}) => {
  const given = await announceLog(server, 'poison.xml', 10)
  const undone = await announceLog(server, 'undone.xml', 10)
  expect((await sendPiece(server, undone.id, '0123', 0)).status).toBe(204)
  await undo(server, undone.id)
  await server.stop()
  const folder = join(server.dataDir, 'incoming')
  await writeFile(join(folder, given.id), '0123456789')
  await writeFile(join(folder, `${given.id}.attempts`), '3')
  await server.start()
  await expect.poll(() => receiptOf(server, given.id).then((receipt) => receipt?.state)).toBe('failed')
  expect((await receiptOf(server, given.id))?.error).toContain('the server ended 3 times while it was being read')
  await expect.poll(() => incoming(server)).toEqual([])
  expect(await receiptOf(server, undone.id)).toBeNull()
  await undo(server, given.id)
})

test('what a dead process left in incoming/ is removed at the start; what still waits for its rest stays', async ({
  server,
}) => {
  const waiting = await announceLog(server, 'waiting.xml', 100)
  expect((await sendPiece(server, waiting.id, '0123456789')).status).toBe(204)
  const folder = join(server.dataDir, 'incoming')
  const [expired, first, second] = [randomUUID(), randomUUID(), randomUUID()]
  const old = { id: expired, size: 100, offset: 0, metadata: {}, creation_date: '2020-01-01T00:00:00.000Z' }
  await writeFile(join(folder, expired), 'x')
  await writeFile(join(folder, `${expired}.json`), JSON.stringify(old))
  await writeFile(join(folder, first), 'a log without its description')
  await writeFile(join(folder, `${second}.json`), '{}')
  await writeFile(join(folder, `${randomUUID()}.zip`), 'PK')
  await server.stop('SIGKILL')
  await server.start()
  await expect.poll(() => incoming(server)).toEqual([waiting.id, `${waiting.id}.json`])
  await undo(server, waiting.id)
  expect(await incoming(server)).toEqual([])
})

test('SIGTERM lets an upload end that can, and answers the others with 503', async ({ server }) => {
  const log = logOf(lines)
  // The server grants four seconds: of the one that ends nearly all is read before they begin, however slow the machine is.
  const most = log.length - 1000
  const fast = beginUpload(server.url, 'fast.xml', log.slice(0, most), Buffer.byteLength(log))
  const slow = beginUpload(server.url, 'slow.xml', large.slice(0, log.length / 2), Buffer.byteLength(large))
  const answers = Promise.all([fast, slow].map(answerOf))
  const read = async () => {
    const { rows } = await server.get<{ rows: Receipt[] }>('/api/v1/uploads?sort=name')
    return rows.map(({ name, bytesRead, records }) => (name === 'fast.xml' ? bytesRead > 0.95 * most : records > 0))
  }
  await expect.poll(read, { timeout: 120_000 }).toEqual([true, true])
  const stopped = server.stop('SIGTERM')
  const accepts = () =>
    fetch(`${server.url}/api/v1/health`).then(
      () => true,
      () => false,
    )
  await expect.poll(accepts, { intervals: [20] }).toBe(false)
  fast.end(log.slice(most))
  const [ofFast, ofSlow] = await answers
  expect(ofFast?.status).toBe(201)
  expect(JSON.parse(ofFast?.body ?? '')).toMatchObject({ state: 'done', stored: ours })
  expect(ofSlow?.status).toBe(503)
  expect(JSON.parse(ofSlow?.body ?? '').error).toMatchObject({ code: 'stopping' })
  expect(await stopped).toBe(0)
  await server.start()
  const { rows } = await server.get<{ rows: Receipt[] }>('/api/v1/uploads')
  const states = () => server.get<{ rows: Receipt[] }>('/api/v1/uploads?sort=name').then(({ rows }) => rows)
  await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(['done', 'failed'])
  expect((await states())[1]?.error).toContain('Upload it again')
  expect(await total(server, 'events')).toBe(ours)
  for (const { id } of rows) await undo(server, id)
})

test('a log beyond the quotas is refused with the limit and its setting, and nothing is left of it', async ({
  server,
}) => {
  await server.stop()
  server.settings = { UPLOAD_MAX_BYTES: '1000', INCOMING_MAX_BYTES_PER_CLIENT: '1500', INCOMING_MAX_BYTES: '1500' }
  await server.start()
  const refused = async ({ answer }: { answer: Response }) => ({ status: answer.status, body: await answer.text() })
  const large = await refused(await announceLog(server, 'large.xml', 1001))
  expect(large).toMatchObject({ status: 413, body: expect.stringContaining('1000 bytes (UPLOAD_MAX_BYTES)') })
  const first = await announceLog(server, 'a.xml', 1000)
  expect(first.answer.status).toBe(201)
  expect((await refused(await announceLog(server, 'a.xml', 1000, first.id))).status).toBe(409)
  const second = await refused(await announceLog(server, 'b.xml', 1000))
  expect(second).toMatchObject({ status: 507, body: expect.stringContaining('INCOMING_MAX_BYTES_PER_CLIENT') })
  await undo(server, first.id)
  expect((await announceLog(server, 'b.xml', 1000)).answer.status).toBe(201)
  const posted = await fetch(`${server.url}/api/v1/uploads?name=c.xml`, { method: 'POST', body: 'x'.repeat(1001) })
  expect({ status: posted.status, ...((await posted.json()) as object) }).toMatchObject({
    status: 413,
    error: { code: 'too-large', message: expect.stringContaining('UPLOAD_MAX_BYTES') },
  })
  const huge = Number.MAX_SAFE_INTEGER
  await server.stop()
  server.settings = {
    UPLOAD_MAX_BYTES: `${huge}`,
    INCOMING_MAX_BYTES_PER_CLIENT: `${huge}`,
    INCOMING_MAX_BYTES: `${huge}`,
  }
  await server.start()
  const full = await refused(await announceLog(server, 'd.xml', huge - 10_000))
  expect(full).toMatchObject({ status: 507, body: expect.stringContaining('has space for') })
  await server.stop()
  server.settings = {}
  await server.start()
})

test('a database of 0.1.0 opens; every page says how far its events are recomputed, and can be used meanwhile', async ({
  page,
  server,
}) => {
  await server.stop()
  const file = join(server.dataDir, 'asr-hunt.db')
  for (const end of ['', '-wal', '-shm', '.open']) await rm(`${file}${end}`, { force: true })
  await copyFile('db/sqlite/released/0.1.0.db', file)
  await server.start()
  expect(await total(server, 'events')).toBe(434)
  await page.goto('/stacking')
  const banner = page.getByText('Updating stored events for this version')
  await expect(banner).toHaveCount(0, { timeout: 30_000 })
  // As after another upgrade. The work begins when something else is to be written.
  const db = new Database(file)
  db.exec("UPDATE derivation SET version = 0 WHERE name = 'changes'")
  db.close()
  await page.goto('/stacking')
  await expect(banner).toContainText('0 %. All pages can be used meanwhile.')
  await expect(page.getByRole('table', { name: 'ASR Rules Stacking' })).toBeVisible()
  await server.upload('new.xml', logOf(lines.slice(0, 10)))
  await expect(banner).toHaveCount(0, { timeout: 30_000 })
})

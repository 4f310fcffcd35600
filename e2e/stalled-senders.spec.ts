import { connect, type Socket } from 'node:net'
import { zipOf } from '#lib/containers/testing.ts'
import { logOf } from './fixtures/fleet.ts'
import { announceLog } from './fixtures/pieces.ts'
import { answerOf, ask, beginUpload } from './fixtures/raw.ts'
import type { Receipt, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'stalled senders', holds: 'nothing' })
test.describe.configure({ timeout: 120_000 })

const uploads = async (server: Server) => (await server.get<{ rows: Receipt[] }>('/api/v1/uploads')).rows
const named = async (server: Server, name: string) => (await uploads(server)).find((upload) => upload.name === name)
const undo = (server: Server, id: string | undefined) =>
  fetch(`${server.url}/api/v1/uploads/${id}`, { method: 'DELETE' })

test.beforeAll(async ({ server }) => {
  await server.stop()
  server.settings = { UPLOAD_IDLE_SECONDS: '8' }
  await server.start()
})

test('two uploads that stall hold up no other upload, nor the sample, say so, and end with 408', async ({
  page,
  server,
  fleet,
}) => {
  const log = logOf(fleet)
  const stalled = ['one.xml', 'two.xml'].map((name) => beginUpload(server.url, name, log.slice(0, 14_000), 100_000_000))
  const answers = Promise.all(stalled.map(answerOf))
  await expect.poll(async () => (await uploads(server)).length).toBe(2)
  await page.goto('/uploads')
  const row = page.getByRole('row').filter({ hasText: 'one.xml' })
  await expect(row).toContainText('Waits for bytes from its sender.')
  expect((await server.upload('other.xml', log)).state).toBe('done')
  const sample = await fetch(`${server.url}/api/v1/sample`, { method: 'POST' })
  expect(sample.status).toBe(201)
  for (const { status, headers, body } of await answers) {
    expect(status).toBe(408)
    expect(headers.connection).toBe('close')
    expect(JSON.parse(body).error).toMatchObject({
      code: 'stalled',
      message: expect.stringMatching(
        /after \d+ of 100000000 bytes: no byte came for 8 seconds \(UPLOAD_IDLE_SECONDS\)/,
      ),
    })
  }
  for (const name of ['one.xml', 'two.xml']) {
    expect(await named(server, name)).toMatchObject({ state: 'failed', records: 0, stored: 0 })
  }
  for (const { id } of await uploads(server)) await undo(server, id)
})

test('a piece that stalls ends with 408, and what came of it stays', async ({ server }) => {
  const { id } = await announceLog(server, 'piece.xml', 1000)
  const url = new URL(`${server.url}/api/v1/resumable/${id}`)
  const socket = connect(Number(url.port), url.hostname)
  const head = ['Tus-Resumable: 1.0.0', 'Upload-Offset: 0', 'Content-Type: application/offset+octet-stream']
  socket.write(
    `PATCH ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n${head.join('\r\n')}\r\nContent-Length: 500\r\n\r\n0123456789`,
  )
  let answered = ''
  for await (const chunk of socket) answered += chunk
  expect(answered).toMatch(/^HTTP\/1\.1 408 [\s\S]*no byte came for 8 seconds/)
  const { headers } = await ask(url.href, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })
  expect(headers['upload-offset']).toBe('10')
  await undo(server, id)
})

test('the sender of an upload that is undone gets 409 at once', async ({ server, fleet }) => {
  const upload = beginUpload(server.url, 'undone.xml', logOf(fleet).slice(0, 200_000), 100_000_000)
  const answer = answerOf(upload)
  await expect.poll(async () => (await named(server, 'undone.xml'))?.records).toBeGreaterThan(0)
  const undone = await undo(server, (await named(server, 'undone.xml'))?.id)
  expect(undone.status).toBe(204)
  const { status, body } = await answer
  expect(status).toBe(409)
  expect(JSON.parse(body).error.code).toBe('cancelled')
  upload.destroy()
})

test('reading stops when the sender leaves, also after its last byte', async ({ server, fleet }) => {
  const content = logOf(fleet.slice(0, 30))
  const zip = zipOf(Array.from({ length: 12_000 }, (_, index) => ({ name: `${index}.xml`, content })))
  const upload = beginUpload(server.url, 'left.zip', zip, zip.length)
  upload.end()
  const parts = async () => (await named(server, 'left.zip'))?.logs ?? 0
  await expect.poll(parts, { timeout: 60_000 }).toBeGreaterThan(0)
  upload.destroy()
  await expect.poll(async () => (await named(server, 'left.zip'))?.state, { timeout: 60_000 }).toBe('failed')
  const failed = await named(server, 'left.zip')
  expect(failed).toMatchObject({ records: 0, stored: 0, error: expect.stringContaining('its sender left') })
  await undo(server, failed?.id)
})

test('one address sends 32 bodies at once; the next gets 503 and when to try again', async ({ server, fleet }) => {
  const part = logOf(fleet).slice(0, 1000)
  const open = Array.from({ length: 32 }, (_, index) => beginUpload(server.url, `${index}.xml`, part, 100_000_000))
  await expect.poll(async () => (await uploads(server)).length).toBe(32)
  const refused = await fetch(`${server.url}/api/v1/uploads?name=x`, { method: 'POST', body: part })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect((await refused.json()) as object).toMatchObject({ error: { code: 'busy' } })
  for (const each of open) each.destroy()
  await expect.poll(async () => (await uploads(server)).every(({ state }) => state === 'failed')).toBe(true)
  expect((await server.upload('after.xml', part)).state).toBe('done')
  for (const { id } of await uploads(server)) await undo(server, id)
})

test('after an upload that is refused before its end, nothing waits in vain on its connection', async ({ server }) => {
  const url = new URL(server.url)
  const body = Buffer.alloc(2_500_000, '%PDF-1.7\n')
  for (let round = 0; round < 5; round++) {
    const socket = connect(Number(url.port), url.hostname)
    let heard = ''
    let isOver = false
    socket.on('data', (bytes) => {
      heard += bytes
    })
    for (const event of ['end', 'error'] as const) {
      socket.on(event, () => {
        isOver = true
      })
    }
    socket.write(`POST /api/v1/uploads?name=x HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: ${body.length}\r\n\r\n`)
    socket.write(body)
    await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 415 /)
    if (!isOver) socket.write(`GET /api/v1/health HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`)
    // Answered, or known to be over: the sender then opens another connection.
    await expect.poll(() => isOver || heard.includes('HTTP/1.1 200'), { timeout: 30_000 }).toBe(true)
    socket.destroy()
  }
  for (const { id } of await uploads(server)) await undo(server, id)
})

test('many connections that send their headers slowly keep no one out, and are closed', async ({ server }) => {
  const { hostname, port } = new URL(server.url)
  let closed = 0
  const sockets: Socket[] = []
  for (let count = 0; count < 1000; count++) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    socket.on('close', () => {
      closed += 1
    })
    socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}\r\nX-Slow: `)
    sockets.push(socket)
  }
  const dribble = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x')
  }, 500)
  try {
    // Each new connection takes the place of those that have waited for more than a moment.
    await expect
      .poll(async () => {
        expect((await ask(`${server.url}/api/v1/health`)).status).toBe(200)
        return closed
      })
      .toBeGreaterThanOrEqual(488)
    await expect.poll(() => closed, { timeout: 60_000 }).toBe(1000)
  } finally {
    clearInterval(dribble)
    for (const socket of sockets) socket.destroy()
  }
})

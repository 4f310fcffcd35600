import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFilesByServer } from './files-by-server.ts'
import { temporaryFolder } from './testing.ts'

const socketIn = (folder: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\asr-hunt-test-${process.pid}` : join(folder, 's')

/** Sends a file to a server that answers every request in this way, such as one of another version. */
async function send(t: TestContext, answer: RequestListener) {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
  const path = join(folder, 'a.log')
  writeFileSync(path, 'a log')
  const socket = socketIn(folder)
  const server = createServer((request, response) => request.resume().on('end', () => answer(request, response)))
  server.listen(socket)
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const files = openFilesByServer(socket)
  t.after(() => files.close())
  return files.read({ id: 'x', path, name: 'a.log', size: 5, tz: 'UTC' })
}

test('a receipt that does not fit its schema is an error that says what does not fit', async (t) => {
  const sent = send(t, (_, response) => response.writeHead(201).end(JSON.stringify({ id: 'x', name: 5 })))
  await assert.rejects(sent, { message: /The answer of the server is not as expected at name: .*update this program/ })
})

test('an error of the API ends the file with its message, any other answer with its status', async (t) => {
  const error = { code: 'too-large', message: 'The log is too large.', detail: null }
  const refused = await send(t, (_, response) => response.writeHead(413).end(JSON.stringify({ error })))
  assert.deepEqual(refused, { state: 'failed', message: 'The log is too large.' })
  const broken = await send(t, (_, response) => response.writeHead(502, { 'X-Request-Id': 'r1' }).end('<html>'))
  assert.deepEqual(broken, { state: 'failed', message: 'The server answered 502 (request r1).' })
})

test('a file is not sent over the connection of one that was refused before all of it was read', async (t) => {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
  const path = join(folder, 'a.log')
  writeFileSync(path, Buffer.alloc(1_000_000))
  const socket = socketIn(folder)
  // It answers at once, and reads nothing of the bodies: what it has buffered is all that a sender gets rid of.
  const server = createServer((_, response) => response.writeHead(415).end('{}'))
  server.listen(socket)
  await once(server, 'listening')
  const connections = new Set<unknown>()
  server.on('request', ({ socket }) => connections.add(socket))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const files = openFilesByServer(socket)
  t.after(() => files.close())
  for (const [index, size] of [10, 1_000_000, 100_000].entries()) {
    const ending = await files.read({ id: `${index}`, path, name: 'a.log', size, tz: 'UTC' })
    assert.ok(ending.state === 'failed' && ending.message.startsWith('The server answered 415'), JSON.stringify(ending))
  }
  assert.equal(connections.size, 3)
})

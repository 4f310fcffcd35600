import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { discardRest } from './rest-of-body.ts'

/**
 * A server that reads the first bytes of a body, answers 415, and leaves the rest, or closes it as Next does. A GET is answered
 * 200.
 */
async function openServer(t: TestContext, { limit = 60_000, closes = false } = {}) {
  const server = createServer(async (request, response) => {
    discardRest(request, response, limit)
    if (request.method === 'POST') await request[Symbol.asyncIterator]().next()
    if (closes && request.method === 'POST') {
      request.socket = null as never
      request.destroy()
    }
    response.writeHead(request.method === 'POST' ? 415 : 200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.after(() => socket.destroy())
  return socket
}

const post = (bytes: number): string => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n`

/** Resolves when the server has sent this many answers. */
async function answersOf(socket: Socket, count: number): Promise<string[]> {
  let heard = ''
  socket.on('data', (bytes) => {
    heard += bytes
  })
  const statuses = () => [...heard.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status ?? '')
  for (const end = Date.now() + 60_000; statuses().length < count; await wait(5)) assert.ok(Date.now() < end, heard)
  return statuses()
}

test('a request behind a body that was refused is answered on the same connection', async (t) => {
  const socket = await openServer(t)
  socket.write(post(3_000_000))
  socket.write(Buffer.alloc(3_000_000))
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  assert.deepEqual(await answersOf(socket, 2), ['415', '200'])
})

test('a sender whose rest does not come is cut off after its answer', async (t) => {
  const socket = await openServer(t, { limit: 50 })
  socket.write(post(3_000_000))
  socket.write(Buffer.alloc(1000))
  const closed = once(socket, 'close')
  assert.deepEqual(await answersOf(socket, 1), ['415'])
  await closed
})

test('if the body was closed, the connection is ended after the answer, so that nothing is asked on it in vain', async (t) => {
  const socket = await openServer(t, { closes: true })
  socket.write(post(3_000_000))
  socket.write(Buffer.alloc(100_000))
  const ended = once(socket, 'end')
  assert.deepEqual(await answersOf(socket, 1), ['415'])
  await ended
})

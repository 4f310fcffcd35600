import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { boundConnections, connectionLimits } from './connections.ts'

/** Opens a server that keeps three connections without a request; returns what connects to it. */
async function serverOf(t: TestContext, moment: number) {
  const server = createServer((request, response) => {
    mayAnswer(request, response, 'client')
    response.end('answered')
  })
  const mayAnswer = boundConnections(server, { ...connectionLimits, waiting: 3, moment })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets: Socket[] = []
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const open = async (): Promise<Socket> => {
    const accepted = once(server, 'connection')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    sockets.push(socket)
    await accepted
    return socket
  }
  return Object.assign(open, { server })
}

test('what has come already is read before a connection is closed, however long the server was busy', async (t) => {
  const open = await serverOf(t, 0)
  const sockets = [await open(), await open(), await open()]
  const answers = sockets.map(answerOn)
  // As if the server, after it was busy, heard of new connections before it reads what those that are there have sent.
  const further = sockets.map(() => new Socket())
  for (const each of further) open.server.emit('connection', each)
  for (const answer of await Promise.all(answers)) assert.match(answer, /answered/)
  for (const each of further) each.destroy()
})

const answerOn = async (socket: Socket): Promise<string> => {
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const [bytes] = await once(socket, 'data')
  return String(bytes)
}

test('connections that come at once and ask within a moment are all answered, however many', async (t) => {
  const open = await serverOf(t, 60_000)
  const sockets = []
  for (let count = 0; count < 10; count++) sockets.push(await open())
  for (const socket of sockets) assert.match(await answerOn(socket), /answered/)
})

test('of connections that have not asked for a moment, the oldest go when there are too many', async (t) => {
  const open = await serverOf(t, 0)
  const [first, second] = [await open(), await open()]
  const closed = once(first, 'close')
  for (let count = 0; count < 2; count++) await open()
  await closed
  assert.match(await answerOn(second), /answered/)
})

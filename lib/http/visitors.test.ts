import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Asking, asking } from '#lib/store/asking.ts'
import { openVisitors } from './visitors.ts'

/** A server whose answers are held until `release`; each request names its client. */
async function openServer(t: TestContext, options: Parameters<typeof openVisitors>[0] = {}) {
  const visitors = openVisitors(options)
  const held: ServerResponse[] = []
  const seen: Asking[] = []
  const server = createServer((request, response) => {
    const client = String(request.headers.client)
    const refused = visitors.refusal(request, client)
    if (refused !== null) return void response.writeHead(refused.status).end(refused.code)
    visitors.serve(request, response, client, () => {
      seen.push(asking())
      held.push(response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  /** Sends a request and returns it when the server has it, or the status if it was refused. */
  async function ask(path: string, client: string) {
    const before = held.length
    const request = get({ port, path, headers: { client }, agent: false })
    request.on('error', () => {})
    const status = once(request, 'response').then(
      ([response]) => response.statusCode as number,
      () => 0,
    )
    while (held.length === before) {
      const refused = await Promise.race([status, new Promise<null>((resolve) => setTimeout(resolve, 1, null))])
      if (refused !== null) return { request, status: refused }
    }
    return { request, status: null }
  }
  return { ask, held, seen, port }
}

test('a client has 64 requests at once and is then refused, until one of them ends; others are answered', async (t) => {
  const { ask, held } = await openServer(t)
  for (let each = 0; each < 64; each++) assert.equal((await ask('/stacking', 'a')).status, null)
  assert.equal((await ask('/stacking', 'a')).status, 503)
  assert.equal((await ask('/api/v1/health', 'a')).status, null)
  assert.equal((await ask('/stacking', 'b')).status, null)
  held[0]?.end()
  await once(held[0] as ServerResponse, 'close')
  assert.equal((await ask('/stacking', 'a')).status, null)
})

test('all clients together have 256 requests at once', async (t) => {
  const { ask } = await openServer(t)
  for (let each = 0; each < 256; each++) assert.equal((await ask('/', `client-${each}`)).status, null)
  assert.equal((await ask('/', 'another')).status, 503)
})

test('what a request asks is asked for its client, and given up when the client leaves or has its answer', async (t) => {
  const { ask, held, seen } = await openServer(t)
  const page = await ask('/wallpaper', 'a')
  await ask('/wall?anchor=newest', 'a')
  assert.deepEqual(
    seen.map(({ pool, client, signal }) => [pool, client, signal.aborted]),
    [
      ['pages', 'a', false],
      ['watch', 'a', false],
    ],
  )
  page.request.destroy()
  await once(held[0] as ServerResponse, 'close')
  const aborted = () => seen.map(({ signal }) => signal.aborted)
  assert.deepEqual(aborted(), [true, false])
  held[1]?.end()
  await once(held[1] as ServerResponse, 'close')
  assert.deepEqual(aborted(), [true, true])
})

/** An answer that is larger than what the system keeps for a connection that is not read. */
const large = Buffer.alloc(64 * 1024 * 1024)

test('a client that reads nothing of its answer loses its place; a server that takes its time is waited for', async (t) => {
  const { ask, held, port } = await openServer(t, { idle: 100 })
  const stalled = connect(port, '127.0.0.1').pause()
  t.after(() => stalled.destroy())
  stalled.write('GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nclient: a\r\n\r\n')
  while (held.length === 0) await wait(1)
  const [answer] = held as [ServerResponse]
  answer.end(large)
  await once(answer, 'close')
  assert.equal(answer.writableFinished, false)

  const slow = await ask('/stacking', 'a')
  // Longer than a client may be idle; the point is that nothing is closed meanwhile.
  await wait(300)
  held[1]?.end('here')
  const [response] = await once(slow.request, 'response')
  assert.equal((await response.toArray()).join(''), 'here')
})

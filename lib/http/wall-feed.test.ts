import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, type TestContext, test } from 'node:test'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { event } from '#lib/ingest/testing.ts'
import { wallData } from '#lib/model/figures.ts'
import { strict } from '#lib/model/testing.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { openSeededStore } from '#lib/query/testing.ts'
import { closeStore, getReads } from '#lib/store/open.ts'
import { openWallFeed } from './wall-feed.ts'

const seeded = openSeededStore(600)
process.env.DATA_DIR = seeded.folder
after(async () => {
  await closeStore()
  await seeded.close()
})

type Options = Parameters<typeof openWallFeed>[0]

/** A real server of the feed, closed with all its connections when the test ends. */
async function serve(t: TestContext, options: Options, responses: ServerResponse[] = []): Promise<number> {
  const feed = openWallFeed(options)
  const server = createServer((asked, response) => {
    responses.push(response)
    void asRequest(theLocalActor, () => feed.answer(asked, response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    return closed
  })
  return (server.address() as AddressInfo).port
}

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })

/** A screen: what it has heard so far, and a wait for what it must hear. */
async function listen(port: number, query = '', method = 'GET') {
  const asked = request({ port, host: '127.0.0.1', path: `${apiPaths.wallStream}${query}`, method, agent }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  answer.setEncoding('utf8').on('data', (part: string) => {
    text += part
    answer.emit('heard')
  })
  answer.on('error', () => {})
  const messages = () => [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, message = '']) => message)
  return {
    answer,
    text: () => text,
    messages,
    until: async (fits: (messages: string[]) => boolean) => {
      while (!fits(messages())) await once(answer, 'heard')
    },
    leave: () => asked.destroy(),
  }
}

/** Counts how often the store is asked for the figures, which it still answers. */
async function countFigures(t: TestContext) {
  const asked = t.mock.method(await getReads(), 'counts')
  return () => asked.mock.callCount()
}

const eventsIn = (message: string): number => JSON.parse(message).last7d.events

test('every one of hundreds of screens gets every message, which are computed as often as for one', async (t) => {
  const computed = await countFigures(t)
  const port = await serve(t, { beat: 100 })
  const query = '?anchor=newest'
  const first = await listen(port, query)
  await first.until((messages) => messages.length > 0)
  const first_ = computed()
  assert.ok(first_ > 0)
  const others = await Promise.all(Array.from({ length: 300 }, () => listen(port, query)))
  const screens = [first, ...others]
  await Promise.all(screens.map(({ until }) => until((messages) => messages.length >= 5)))
  assert.equal(computed(), first_, 'nothing has changed, so nothing is computed again')

  const [earliest = ''] = first.messages()
  strict(wallData).parse(JSON.parse(earliest))
  const before = eventsIn(earliest)
  const { newest } = await (await getReads()).span()
  seeded.add([event(1121, 'late-comer', newest ?? 0, { Path: 'C:\\late.exe' })])
  await Promise.all(screens.map(({ until }) => until((messages) => eventsIn(messages.at(-1) ?? '') === before + 1)))
  assert.equal(computed(), 2 * first_, 'one change is computed once')

  // Each has heard all that was said since it came.
  const all = first.messages()
  for (const { messages } of others) {
    const heard = messages()
    const begin = all.indexOf(heard[0] ?? '')
    assert.ok(begin >= 0)
    const length = Math.min(heard.length, all.length - begin)
    assert.deepEqual(heard.slice(0, length), all.slice(begin, begin + length))
    assert.ok(length >= 5)
  }
})

test('a new screen gets the last message at once; while no screen is there, nothing is computed', async (t) => {
  const asked = t.mock.method(await getReads(), 'version')
  // So long a beat that a message can only come at once.
  const port = await serve(t, { beat: 600_000 })
  const first = await listen(port)
  await first.until((messages) => messages.length === 1)
  const second = await listen(port)
  await second.until((messages) => messages.length === 1)
  assert.deepEqual(second.messages(), first.messages())
  assert.match(first.text(), /^retry: 600000\n\n: /)
  assert.match(second.text(), /^retry: 600000\n\ndata: /)
  assert.equal(first.answer.headers['content-type'], 'text/event-stream')

  const idle = await serve(t, { beat: 20 })
  const only = await listen(idle)
  await only.until((messages) => messages.length === 2)
  only.leave()
  await new Promise((resolve) => only.answer.once('close', resolve))
  const quiet = asked.mock.callCount()
  // Ten beats: that nothing is asked in them is the point.
  await new Promise((resolve) => setTimeout(resolve, 200))
  // The beat at which it left may have begun before.
  assert.ok(asked.mock.callCount() <= quiet + 1)
})

test('a screen that reads nothing has one message waiting at most, delays nobody, and is closed', async (t) => {
  const responses: ServerResponse[] = []
  const port = await serve(t, { beat: 1, patience: 500 }, responses)
  const stuck = connect(port, '127.0.0.1').on('error', () => {})
  stuck.pause().write(`GET ${apiPaths.wallStream} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  const other = await listen(port)
  let longest = 0
  // What the system keeps for a connection fills up first: some megabytes.
  await other.until((messages) => {
    longest = Math.max(longest, responses[0]?.writableLength ?? 0)
    return messages.length > 10 && responses[0]?.destroyed === true
  })
  assert.ok(longest > 0 && longest < 2 * Buffer.byteLength(other.messages()[0] ?? ''), `${longest} bytes waited`)
  assert.equal(responses[1]?.destroyed, false)
  stuck.destroy()
})

test('while the figures cannot be computed, screens stay connected and hear a comment', async (t) => {
  const { db } = seeded.writer
  const port = await serve(t, { beat: 20 })
  const screen = await listen(port, '?anchor=newest')
  await screen.until((messages) => messages.length > 0)
  db.exec('ALTER TABLE upload RENAME TO mislaid')
  while (!screen.text().includes('\n: ')) await once(screen.answer, 'heard')
  db.exec('ALTER TABLE mislaid RENAME TO upload')
  const count = screen.messages().length
  await screen.until((messages) => messages.length > count)
})

test('beyond the most screens, and of one address, further ones are refused until one leaves', async (t) => {
  for (const options of [{ most: 3 }, { mostOfAddress: 3 }]) {
    const port = await serve(t, options)
    const [first] = await Promise.all([listen(port), listen(port, '?anchor=newest'), listen(port)])
    const refused = await listen(port)
    assert.equal(refused.answer.statusCode, 503)
    assert.equal(refused.answer.headers['retry-after'], '30')
    first?.leave()
    for (;;) {
      const next = await listen(port)
      if (next.answer.statusCode === 200) break
    }
  }
})

test('the feed takes GET and its anchor, and says so of all else', async (t) => {
  const port = await serve(t, {})
  const posted = await listen(port, '', 'POST')
  assert.deepEqual([posted.answer.statusCode, posted.answer.headers.allow], [405, 'GET, HEAD'])
  const odd = await listen(port, '?dest=a&__proto__=1&anchor=never')
  assert.equal(odd.answer.statusCode, 400)
  while (!odd.text().endsWith('}')) await once(odd.answer, 'heard')
  for (const part of ['dest=a', '__proto__=1', 'anchor=never']) assert.ok(odd.text().includes(part), odd.text())
  const head = await listen(port, '', 'HEAD')
  assert.equal(head.answer.statusCode, 200)
})

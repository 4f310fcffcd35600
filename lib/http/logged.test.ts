import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { log } from '#lib/log/log.ts'
import { requestId } from '#lib/log/request.ts'
import { answerLogged } from './logged.ts'

type Answering = (request: IncomingMessage, response: ServerResponse) => Promise<unknown> | undefined

async function open(t: TestContext, answer: Answering) {
  const logged: { level: string; message: string; request: string | undefined; path: unknown }[] = []
  for (const level of ['debug', 'error'] as const) {
    t.mock.method(log, level, (message: string, fields: Record<string, unknown> = {}) =>
      logged.push({ level, message, request: requestId(), path: fields.path }),
    )
  }
  const server = createServer((request, response) => answerLogged(request, response, () => answer(request, response)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { logged, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('an answer carries an id that the client did not choose; nothing but debug lines is logged', async (t) => {
  const { url, logged } = await open(t, async (_request, response) => void response.end(requestId()))
  const answer = await fetch(`${url}/a`, { headers: { 'X-Request-Id': 'mine' } })
  const id = answer.headers.get('X-Request-Id')
  assert.match(id ?? '', /^[\w-]{16}$/)
  assert.equal(await answer.text(), id)
  while (logged.length === 0) await wait(1)
  assert.deepEqual(logged, [{ level: 'debug', message: 'A request was answered.', request: id, path: '/a' }])
})

test('an answer of 500 is logged with the id of its request', async (t) => {
  const { url, logged } = await open(t, async (_request, response) => {
    await wait(1)
    response.writeHead(503).end()
  })
  const answer = await fetch(`${url}/busy`)
  while (logged.length === 0) await wait(1)
  const request = answer.headers.get('X-Request-Id')
  const message = 'A request was answered with an error.'
  assert.deepEqual(logged, [{ level: 'error', message, request, path: '/busy' }])
})

test('what a handler throws, now or later, is logged and answered with 500, without telling what it was', async (t) => {
  const { url, logged } = await open(t, (request) => {
    if (request.url === '/now') throw new Error('secret path')
    return wait(1).then(() => {
      throw new Error('secret path')
    })
  })
  for (const path of ['/now', '/later']) {
    const answer = await fetch(url + path)
    const id = answer.headers.get('X-Request-Id') ?? ''
    assert.equal(answer.status, 500)
    const body = await answer.text()
    assert.doesNotMatch(body, /secret/)
    assert.ok(body.includes(id))
    assert.deepEqual(
      logged.find(({ message }) => message === 'A request failed.'),
      { level: 'error', message: 'A request failed.', request: id, path },
    )
    logged.length = 0
  }
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { serverContext } from '#lib/access/context.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { addAccount, openGuarded, sessionOf } from './testing-answers.ts'

/** A request whose answer stays open. Resolves when its head is there, or its first bytes are sent. */
async function openAnswer(t: TestContext, port: number, path: string, headers: Record<string, string>) {
  const method = path === apiPaths.resumable ? 'POST' : 'GET'
  const asked = request({ port, path, method, headers: { host: 'localhost', origin: 'http://localhost', ...headers } })
  t.after(() => asked.destroy())
  asked.on('error', () => {})
  const closed = once(asked, 'close').then(() => true)
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume().on('error', () => {})
  return { status: answer.statusCode, isClosed: () => Promise.race([closed, Promise.resolve(false)]), closed }
}

test('the open answers of a session, an account and a token are closed when it may not have them any more', async (t) => {
  const { port, ask } = await openGuarded(t)
  const [jane, joe] = [await addAccount('jane', 'analyst'), await addAccount('joe', 'admin')]
  const { writes } = await serverContext()
  const token = await writes.makeToken('screen', 'read', null)
  const [first, second, third] = [await sessionOf(jane), await sessionOf(jane), await sessionOf(joe)]
  const stream = (headers: Record<string, string>) => openAnswer(t, port, apiPaths.wallStream, headers)
  const ofFirst = await stream({ cookie: first.cookie })
  const ofSecond = await stream({ cookie: second.cookie })
  const ofThird = await stream({ cookie: third.cookie })
  const ofToken = await stream({ authorization: `Bearer ${token.secret}` })
  assert.deepEqual(
    [ofFirst, ofSecond, ofThird, ofToken].map(({ status }) => status),
    [200, 200, 200, 200],
  )

  // By its own request, which is answered.
  const signedOut = await ask(apiPaths.signOut, {
    method: 'POST',
    headers: { cookie: first.cookie, origin: 'http://localhost' },
  })
  assert.equal(signedOut.status, 204)
  assert.ok(await ofFirst.closed)
  assert.ok(!(await ofSecond.isClosed()))
  assert.ok(await writes.revokeToken(token.id))
  assert.ok(await ofToken.closed)
  assert.ok(await writes.changeAccount(jane, { role: 'viewer' }))
  assert.ok(await ofSecond.closed)
  assert.ok(!(await ofThird.isClosed()))
})

test('with the first account, what the open server was answering ends, and nobody is let in any more', async (t) => {
  const { port, ask, askLocally } = await openGuarded(t)
  const open = await openAnswer(t, port, apiPaths.wallStream, {})
  assert.equal((await ask('/stacking')).status, 299)
  await addAccount('root', 'admin')
  assert.equal((await ask('/stacking')).status, 303)
  assert.equal((await ask(apiPaths.wallStream)).status, 401)
  assert.equal((await askLocally('/stacking')).status, 299)
  assert.ok(await open.closed)
})

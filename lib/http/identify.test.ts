import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { serverContext } from '#lib/access/context.ts'
import { accountNamed } from '#lib/access/identities.ts'
import { getWrites } from '#lib/store/open.ts'
import { cookieName, cookieOf, setCookie } from './cookies.ts'
import { identify } from './identify.ts'
import { opensWithoutAccounts } from './open-server.ts'
import { addAccount, openGuarded, sessionOf } from './testing-answers.ts'
import { mayUpgrade } from './upgrade.ts'

const nowhere: Parameters<typeof identify>[1] = { isLocal: false, isSecure: false, proxyUser: null }

const by = (headers: Record<string, string>, from: Partial<typeof nowhere> = {}, now = Date.now()) =>
  identify({ headers } as unknown as IncomingMessage, { ...nowhere, ...from }, now)

async function withAll(t: TestContext) {
  await openGuarded(t)
  const id = await addAccount('jane', 'analyst')
  await addAccount('root', 'admin')
  const { writes } = await serverContext()
  await writes.addProxyAccount('petra', 'viewer')
  const make = async (scope: 'read' | 'display', expiresAt: number | null = null) =>
    (await writes.makeToken(scope, scope, expiresAt)).secret
  return { id, writes, session: await sessionOf(id), read: await make('read'), display: await make('display'), make }
}

test('the local socket comes first, then the token, the user of the proxy, the session, the display, and nobody', async (t) => {
  const { id, session, read, display } = await withAll(t)
  const displayCookie = `${cookieName('display', false)}=${display}`
  const cookie = `theme=dark; ${session.cookie}; ${displayCookie}`
  const authorization = `Bearer ${read}`
  const whose = ({ actor }: ReturnType<typeof identify>) => `${actor.kind} ${actor.name}`
  assert.equal(whose(by({ cookie, authorization }, { isLocal: true, proxyUser: 'petra' })), 'local local')
  assert.equal(whose(by({ cookie, authorization }, { proxyUser: 'petra' })), 'token read')
  assert.equal(whose(by({ cookie }, { proxyUser: 'PETRA' })), 'account petra')
  assert.deepEqual(by({ cookie }).actor, {
    kind: 'account',
    id,
    name: 'jane',
    role: 'analyst',
    session: session.session,
  })
  assert.equal(whose(by({ cookie: displayCookie })), 'token display')
  assert.equal(whose(by({})), 'anonymous anonymous')
  assert.deepEqual(
    [by({ authorization }), by({ cookie }), by({ cookie: displayCookie }), by({}, { proxyUser: 'petra' })].map(
      ({ isAmbient }) => isAmbient,
    ),
    [false, true, true, true],
  )
})

test('a wrong, revoked or expired token is refused, whatever else was sent', async (t) => {
  const { session, read, writes, make } = await withAll(t)
  const now = Date.now()
  const soon = await make('read', now + 1000)
  const refusedAs = (secret: string, at = now) =>
    by({ authorization: `Bearer ${secret}`, cookie: session.cookie }, { proxyUser: 'petra' }, at).refused?.status
  assert.equal(refusedAs(read), undefined)
  assert.equal(refusedAs(soon), undefined)
  assert.equal(refusedAs(soon, now + 1000), 401)
  for (const wrong of ['x', read.slice(0, -1), `${read}x`, read.toUpperCase(), session.cookie.split('=')[1] ?? ''])
    assert.equal(refusedAs(wrong), 401, wrong)
  const { reads } = await serverContext()
  for (const { id } of await reads.tokens()) await writes.revokeToken(id)
  assert.equal(refusedAs(read), 401)
})

test('a cookie opens only what it is for: a session no other session, a display no read token', async (t) => {
  const { session, read, display, id, writes } = await withAll(t)
  const secret = session.cookie.split('=')[1] ?? ''
  const kindOf = (cookie: string, from = {}) => by({ cookie }, from).actor.kind
  assert.equal(kindOf(`${cookieName('display', false)}=${read}`), 'anonymous')
  assert.equal(kindOf(`${cookieName('display', false)}=${secret}`), 'anonymous')
  assert.equal(kindOf(`${cookieName('session', false)}=${display}`), 'anonymous')
  assert.equal(kindOf(`${cookieName('session', true)}=${secret}`), 'anonymous', 'the name of https over http')
  assert.equal(kindOf(session.cookie, { isSecure: true }), 'anonymous', 'the name of http over https')
  assert.equal(kindOf(`${cookieName('session', true)}=${secret}`, { isSecure: true }), 'account')
  assert.equal(kindOf(`asr-hunt-AAAAAAAA=${secret}`), 'anonymous', 'of another data folder')
  await writes.changeAccount(id, { isDisabled: true })
  assert.equal(kindOf(session.cookie), 'anonymous')
})

test('a proxy signs in those who have an account, and nobody else', async (t) => {
  const { id, writes } = await withAll(t)
  await writes.changeAccount(id, { isDisabled: true })
  // Of `root` and `jane` the proxy says nothing: they sign in here.
  for (const proxyUser of ['root', 'jane', 'nobody', '']) {
    const { actor, refused } = by({}, { proxyUser })
    assert.deepEqual([actor.kind, refused?.status], ['anonymous', 403], proxyUser)
  }
})

test('a request of a user whom a proxy names is its last use', async (t) => {
  await withAll(t)
  const changes = t.mock.method(await getWrites(), 'changeAccess')
  t.mock.timers.enable({ apis: ['setTimeout'] })
  by({}, { proxyUser: 'petra' }, 1_790_000_000_000)
  t.mock.timers.tick(10_000)
  await setImmediate()
  const [call] = changes.mock.calls.map(({ arguments: given }) => given)
  const petra = accountNamed('petra')?.id
  assert.deepEqual(call, ['noteUses', [{ kind: 'account', id: petra, at: 1_790_000_000_000 }]])
})

test('without accounts a server is open on loopback without a proxy, or if ALLOW_OPEN says so', () => {
  for (const environment of [
    {},
    { HOST: '127.0.0.1' },
    { HOST: '::1' },
    { HOST: '' },
    { HOST: '0.0.0.0', ALLOW_OPEN: '1' },
  ])
    assert.ok(opensWithoutAccounts(environment as never), JSON.stringify(environment))
  for (const environment of [
    { HOST: '0.0.0.0' },
    { TRUSTED_PROXIES: '10.0.0.1' },
    { HOST: '10.0.0.1', ALLOW_OPEN: 'yes' },
  ])
    assert.ok(!opensWithoutAccounts(environment as never), JSON.stringify(environment))
})

test('a cookie over https has a name that no other host and no plain page can set', async (t) => {
  await openGuarded(t)
  const secure = setCookie('session', 'x', { isSecure: true, seconds: 60.7 })
  assert.match(secure, /^__Host-asr-hunt-[\w-]{8}=x; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax; Secure$/)
  assert.match(
    setCookie('display', 'x', { isSecure: false, seconds: 1, sameSite: 'Strict' }),
    /-display=x; .*SameSite=Strict$/,
  )
  const name = cookieName('session', false)
  assert.equal(cookieOf({ cookie: `a=1; ${name}=b=c; d=2` }, 'session', false), 'b=c')
  assert.equal(cookieOf({ cookie: `x${name}=b` }, 'session', false), null)
  assert.equal(cookieOf({ cookie: `${name}=a; ${name}=b` }, 'session', false), null)
  assert.equal(cookieOf({}, 'session', false), null)
})

test('a server without accounts answers without a secret: its disk may be full', async (t) => {
  const { ask, folder } = await openGuarded(t)
  for (const headers of [{}, { cookie: 'theme=dark; rail=folded' }] as Record<string, string>[])
    assert.equal((await ask('/stacking', { headers })).status, 299)
  assert.ok(!existsSync(join(folder, 'secret.key')))
})

test('a connection is upgraded for those who may read every page, from a page of this server', async (t) => {
  const { session, display } = await withAll(t)
  const may = (headers: Record<string, string>) =>
    mayUpgrade(
      {
        ...{ method: 'GET', url: '/_next/webpack-hmr', headers: { host: 'localhost', ...headers } },
        ...{ socket: { remoteAddress: '127.0.0.1' }, headersDistinct: {}, rawHeaders: [] },
      } as never,
      new Set(),
    )
  assert.ok(may({ cookie: session.cookie, origin: 'http://localhost' }))
  assert.ok(!may({ origin: 'http://localhost' }))
  assert.ok(!may({ cookie: session.cookie, origin: 'https://evil.example' }))
  assert.ok(!may({ cookie: session.cookie, host: 'evil.example' }))
  assert.ok(!may({ authorization: `Bearer ${display}` }))
  assert.ok(!may({ authorization: 'Bearer x', cookie: session.cookie }))
})

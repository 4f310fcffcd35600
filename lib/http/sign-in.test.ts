import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateSync } from 'otplib'
import { serverContext } from '#lib/access/context.ts'
import { loadIdentities } from '#lib/access/identities.ts'
import { passwordsHashed } from '#lib/access/passwords.ts'
import { endProcess } from '#lib/access/testing.ts'
import type { AuditAction } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { getWrites } from '#lib/store/open.ts'
import { type Answer, addAccount, openGuarded, sessionOf, testPassword } from './testing-answers.ts'

type Guarded = Awaited<ReturnType<typeof openGuarded>>

const own = { origin: 'http://localhost' }
// Browsers reach the server at the default port, as behind a proxy.
process.env.ALLOWED_HOSTS = 'localhost:80'
const minute = 60_000
const wrong = 'wrong otter fence'

/** The clock of this process from a moment on, until it is moved. */
function clockAt(t: TestContext): { move: (ms: number) => void } {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  return { move: (ms) => t.mock.timers.setTime(Date.now() + ms) }
}

const signIn = ({ ask }: Guarded, name: string, password: string, headers = {}) =>
  ask(apiPaths.signIn, { method: 'POST', headers: { ...own, ...headers }, body: { name, password } })

/** The cookies that an answer sets, as the browser sends them back. */
const cookiesOf = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? [])
    .map((each) => each.split(';')[0] ?? '')
    .filter((each) => !each.endsWith('='))
    .join('; ')

const statusOf = async ({ ask }: Guarded, cookie: string): Promise<number> =>
  (await ask(apiPaths.account, { headers: { cookie } })).status

/** Rows of the audit log about something. */
async function audited(action: AuditAction) {
  const { reads } = await serverContext()
  const filter = { actor: null, action, subject: null, from: null, to: null }
  return (await reads.audit(filter, { offset: 0, limit: 1000 })).rows
}

test('a name and its password begin a session, whose cookie no script reads and no other host gets', async (t) => {
  const server = await openGuarded(t)
  await addAccount('Jane', 'viewer')
  for (const name of ['Jane', 'jane', ' JANE ']) {
    const answer = await signIn(server, name, testPassword)
    assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, { next: 'done' }])
    const [cookie = ''] = answer.headers['set-cookie'] ?? []
    assert.match(cookie, /^asr-hunt-[\w-]{8}=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
    assert.equal(answer.headers['cache-control'], 'no-store')
    const account = await server.ask(apiPaths.account, { headers: { cookie: cookiesOf(answer) } })
    assert.equal(JSON.parse(account.body).name, 'Jane')
  }
  assert.equal((await audited('signed-in')).length, 3)
})

test('an answer about a wrong body has nothing of the body', async (t) => {
  const { ask } = await openGuarded(t)
  const { cookie } = await sessionOf(await addAccount('Jane', 'viewer'))
  for (const [path, method] of [
    [apiPaths.signIn, 'POST'],
    [apiPaths.signInByCode, 'POST'],
    [apiPaths.signInByLink, 'POST'],
    [apiPaths.ownPassword, 'PUT'],
    [apiPaths.ownTotp, 'PUT'],
    [apiPaths.signInByPasskey, 'PUT'],
    [apiPaths.ownPasskeys, 'POST'],
    [apiPaths.ownPasskeys, 'PUT'],
    [apiPaths.ownPasskey('id'), 'DELETE'],
    [apiPaths.ownTotp, 'DELETE'],
  ] as const) {
    const secret = ['otter', 'fence'].join(' ')
    const fields = ['password', 'code', 'link', 'next', 'sealed'].map((field) => [field, { secret }])
    const { status, body } = await ask(path, { method, headers: { ...own, cookie }, body: Object.fromEntries(fields) })
    assert.deepEqual([status, JSON.parse(body).error.code], [400, 'bad-parameter'], path)
    assert.ok(!body.includes(secret), body)
  }
})

test('no answer says which accounts exist: neither its text, nor what is hashed and written for it', async (t) => {
  const server = await openGuarded(t)
  await addAccount('jane', 'viewer')
  const gone = await addAccount('gone', 'viewer')
  const { writes } = await serverContext()
  await writes.addAccount('waits', 'viewer')
  await writes.addProxyAccount('proxied', 'viewer')
  await writes.changeAccount(gone, { isDisabled: true })
  const changes = t.mock.method(await getWrites(), 'changeAccess')
  const found = new Set<string>()
  for (const [name, password] of [
    ['jane', wrong],
    ['nobody', wrong],
    ['gone', wrong],
    ['gone', testPassword],
    ['waits', testPassword],
    ['proxied', testPassword],
    ['', ''],
  ] as const) {
    changes.mock.resetCalls()
    const hashed = passwordsHashed()
    const { status, headers, body } = await signIn(server, name, password)
    const { date, 'x-request-id': _, 'content-security-policy': __, ...others } = headers
    const written = changes.mock.calls.map(({ arguments: [call] }) => call)
    found.add(JSON.stringify({ status, body, others, hashes: passwordsHashed() - hashed, written }))
  }
  assert.deepEqual([...found].length, 1, [...found].join('\n'))
  const [only = ''] = found
  assert.deepEqual([JSON.parse(only).status, JSON.parse(only).hashes], [401, 1])
})

test('guessing a password ends after ten attempts, for the right one too, and a restart does not help', async (t) => {
  const server = await openGuarded(t)
  const clock = clockAt(t)
  await addAccount('jane', 'viewer')
  for (let attempt = 0; attempt < 10; attempt += 1) assert.equal((await signIn(server, 'jane', wrong)).status, 401)
  const hashed = passwordsHashed()
  for (const password of [wrong, testPassword]) {
    const { status, headers, body } = await signIn(server, 'JANE', password)
    assert.deepEqual([status, JSON.parse(body).error.code], [429, 'too-many-attempts'])
    assert.ok(Number(headers['retry-after']) > 14 * 60 && Number(headers['retry-after']) <= 15 * 60)
  }
  assert.equal(passwordsHashed(), hashed, 'nothing is checked')
  assert.equal((await audited('sign-in-failed')).length, 10)
  assert.equal((await audited('sign-in-limited')).length, 1)

  await endProcess()
  await loadIdentities()
  assert.equal((await signIn(server, 'jane', testPassword)).status, 429, 'after a restart')
  clock.move(15 * minute)
  assert.equal((await signIn(server, 'jane', testPassword)).status, 200)
})

test('a right password forgets what failed before; of all names of one address fifty attempts are checked', async (t) => {
  const server = await openGuarded(t)
  clockAt(t)
  await addAccount('jane', 'viewer')
  for (let round = 0; round < 2; round += 1) {
    for (let attempt = 0; attempt < 9; attempt += 1) assert.equal((await signIn(server, 'jane', wrong)).status, 401)
    assert.equal((await signIn(server, 'jane', testPassword)).status, 200)
  }
  for (let name = 0; name < 32; name += 1) {
    await addAccount(`user ${name}`, 'viewer')
    assert.equal((await signIn(server, `user ${name}`, wrong)).status, 401, String(name))
  }
  assert.equal((await signIn(server, 'jane', testPassword)).status, 429)
})

/** Sets up an authenticator app for a session. Returns its secret. */
async function withApp({ ask }: Guarded, cookie: string): Promise<string> {
  const headers = { ...own, cookie }
  const offer = JSON.parse((await ask(apiPaths.ownTotp, { method: 'POST', headers })).body)
  const code = generateSync({ secret: offer.secret, epoch: Math.floor(Date.now() / 1000) })
  const body = { sealed: offer.sealed, code, password: testPassword }
  assert.equal((await ask(apiPaths.ownTotp, { method: 'PUT', headers, body: { ...body, code: '000000' } })).status, 400)
  assert.equal(
    (await ask(apiPaths.ownTotp, { method: 'PUT', headers, body: { ...body, password: wrong } })).status,
    400,
  )
  assert.equal((await ask(apiPaths.ownTotp, { method: 'PUT', headers, body })).status, 204)
  return offer.secret
}

test('an invented link and an attempt that is refused need no turn of the writer, and links are limited by address', async (t) => {
  const server = await openGuarded(t)
  const clock = clockAt(t)
  const { writes } = await serverContext()
  const { link } = await writes.addAccount('root', 'admin')
  for (let attempt = 0; attempt < 11; attempt += 1) await signIn(server, 'root', wrong)
  const changes = t.mock.method(await getWrites(), 'changeAccess')
  for (let attempt = 0; attempt < 3; attempt += 1) assert.equal((await signIn(server, 'root', wrong)).status, 429)
  const use = (secret: string) =>
    server.ask(apiPaths.signInByLink, { method: 'POST', headers: own, body: { link: secret } })
  for (let n = 0; n < 50; n += 1) {
    const body = { link: `${n}`.padEnd(43, 'x'), ...(n % 2 === 0 ? {} : { password: testPassword }) }
    assert.equal((await server.ask(apiPaths.signInByLink, { method: 'POST', headers: own, body })).status, 410)
  }
  const limited = await use(link.secret)
  assert.deepEqual([limited.status, JSON.parse(limited.body).error.code], [429, 'too-many-attempts'])
  assert.equal(limited.headers['retry-after'], '18')
  assert.equal(changes.mock.callCount(), 0)
  clock.move(minute)
  assert.equal((await use(link.secret)).status, 200)
  clock.move(15 * minute)
  assert.equal((await signIn(server, 'root', wrong)).status, 401)
  assert.equal(changes.mock.callCount(), 2)
})

test('a password that is reset while it is checked signs nobody in', async (t) => {
  const server = await openGuarded(t)
  const account = await addAccount('root', 'admin')
  const store = await getWrites()
  const change = store.changeAccess as (...given: unknown[]) => Promise<unknown>
  const { writes } = await serverContext()
  // The reset is stored after the password was found right, and before the session.
  const held = t.mock.method(store, 'changeAccess', async (...given: unknown[]) => {
    if (given[0] !== 'signIn') return change(...given)
    held.mock.restore()
    await writes.resetAccount(account)
    return change(...given)
  })
  assert.equal((await signIn(server, 'root', testPassword)).status, 401)
  assert.equal((await audited('user-reset')).length, 1)
  assert.equal((await audited('signed-in')).length, 0)
})

test('with an app, a code is needed after the password; each is accepted once, and guessing is limited', async (t) => {
  const server = await openGuarded(t)
  const clock = clockAt(t)
  const account = await addAccount('jane', 'viewer')
  const [{ cookie }, other] = [await sessionOf(account), await sessionOf(account)]
  const secret = await withApp(server, cookie)
  assert.deepEqual([await statusOf(server, cookie), await statusOf(server, other.cookie)], [200, 401])

  const code = () => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) })
  const confirm = (between: string, given: string) =>
    server.ask(apiPaths.signInByCode, { method: 'POST', headers: { ...own, cookie: between }, body: { code: given } })
  const first = await signIn(server, 'jane', testPassword)
  assert.deepEqual(JSON.parse(first.body), { next: 'code' })
  const between = cookiesOf(first)
  assert.equal(await statusOf(server, between), 401, 'the password alone begins nothing')
  assert.equal((await confirm('', code())).status, 401)
  assert.equal((await confirm(between, code())).status, 401, 'the code of the set-up was used')
  clock.move(minute)
  const done = await confirm(between, code())
  assert.equal(await statusOf(server, cookiesOf(done)), 200)
  assert.equal((await confirm(between, code())).status, 401, 'used')

  clock.move(5 * minute)
  assert.match((await confirm(between, code())).body, /time for the code is over/)
  const guessed = cookiesOf(await signIn(server, 'jane', testPassword))
  const statuses: number[] = []
  for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await confirm(guessed, '000000')).status)
  assert.deepEqual(new Set(statuses), new Set([401, 429]))
  assert.equal((await confirm(guessed, code())).status, 429)

  clock.move(15 * minute)
  const stale = cookiesOf(await signIn(server, 'jane', testPassword))
  const headers = { ...own, cookie }
  const next = 'another otter fence'
  const changed = await server.ask(apiPaths.ownPassword, {
    method: 'PUT',
    headers,
    body: { password: testPassword, next },
  })
  assert.equal(changed.status, 204)
  assert.equal((await confirm(stale, code())).status, 401, 'the password was changed meanwhile')
})

test('the right password confirms as often as one likes, and still signs in; wrong ones are limited', async (t) => {
  const server = await openGuarded(t)
  clockAt(t)
  const { cookie } = await sessionOf(await addAccount('jane', 'viewer'))
  const confirm = (password: string) =>
    server.ask(apiPaths.ownTotp, { method: 'DELETE', headers: { ...own, cookie }, body: { password } })
  for (let attempt = 0; attempt < 52; attempt += 1) assert.equal((await confirm(testPassword)).status, 204)
  for (let attempt = 0; attempt < 9; attempt += 1) assert.equal((await confirm(wrong)).status, 400)
  assert.equal((await confirm(testPassword)).status, 204, 'what failed before is forgotten')
  for (let attempt = 0; attempt < 9; attempt += 1) assert.equal((await confirm(wrong)).status, 400)
  assert.equal((await signIn(server, 'jane', testPassword)).status, 200)
  for (let attempt = 0; attempt < 10; attempt += 1) assert.equal((await confirm(wrong)).status, 400)
  assert.equal((await confirm(testPassword)).status, 429)
})

test('signing in with a code takes back all that it counted for the address and the account', async (t) => {
  const server = await openGuarded(t)
  const clock = clockAt(t)
  const account = await addAccount('jane', 'viewer')
  const secret = await withApp(server, (await sessionOf(account)).cookie)
  clock.move(16 * minute)
  for (let round = 0; round < 10; round += 1) {
    const between = cookiesOf(await signIn(server, 'jane', testPassword))
    const code = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) })
    const sent = { method: 'POST', headers: { ...own, cookie: between }, body: { code } }
    assert.equal((await server.ask(apiPaths.signInByCode, sent)).status, 200, `round ${round}`)
    clock.move(minute / 2)
  }
  for (let name = 0; name < 10; name += 1) {
    await addAccount(`user ${name}`, 'viewer')
    for (let attempt = 0; attempt < 5; attempt += 1)
      assert.equal((await signIn(server, `user ${name}`, wrong)).status, 401, `user ${name}, ${attempt}`)
  }
  assert.equal((await signIn(server, 'jane', testPassword)).status, 429)
})

test('a refusal lasts for its window, also if the clock is set back meanwhile', async (t) => {
  const server = await openGuarded(t)
  const clock = clockAt(t)
  await addAccount('jane', 'viewer')
  for (let attempt = 0; attempt < 11; attempt += 1) await signIn(server, 'jane', wrong)
  clock.move(-365 * 24 * 60 * minute)
  const { status, headers } = await signIn(server, 'jane', testPassword)
  assert.deepEqual([status, Number(headers['retry-after']) <= 15 * 60], [429, true])
  clock.move(15 * minute)
  assert.equal((await signIn(server, 'jane', testPassword)).status, 200)
})

test('no session is fixed before sign-in, and each sign-in and change of a password ends what was before', async (t) => {
  const server = await openGuarded(t)
  const account = await addAccount('jane', 'viewer')
  const { cookie: planted } = await sessionOf(await addAccount('mallory', 'viewer'))
  const name = planted.split('=')[0]
  for (const before of [`${name}=${'A'.repeat(43)}`, planted]) {
    const cookie = cookiesOf(await signIn(server, 'jane', testPassword, { cookie: before }))
    assert.notEqual(cookie, before)
    assert.equal(JSON.parse((await server.ask(apiPaths.account, { headers: { cookie } })).body).name, 'jane')
    assert.equal(await statusOf(server, before), 401, 'what the browser had before is worth nothing')
  }
  const [mine, elsewhere] = [await sessionOf(account), await sessionOf(account)]
  const change = (password: string, next: string) =>
    server.ask(apiPaths.ownPassword, {
      method: 'PUT',
      headers: { ...own, cookie: mine.cookie },
      body: { password, next },
    })
  assert.equal((await change(wrong, 'another otter fence')).status, 400)
  assert.equal((await change(testPassword, 'short')).status, 400)
  assert.equal(await statusOf(server, elsewhere.cookie), 200)
  assert.equal((await change(testPassword, 'another otter fence')).status, 204)
  assert.deepEqual([await statusOf(server, mine.cookie), await statusOf(server, elsewhere.cookie)], [200, 401])
  assert.equal((await signIn(server, 'jane', testPassword)).status, 401)
  const twice = `${mine.cookie}; ${mine.cookie.split('=')[0]}=${'B'.repeat(43)}`
  assert.equal(await statusOf(server, twice), 401, 'of two cookies of a name none counts')
})

test('a page of another site can neither sign a browser in nor out', async (t) => {
  const server = await openGuarded(t)
  const { cookie } = await sessionOf(await addAccount('jane', 'viewer'))
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'http://localhost:1' }]) {
    assert.equal((await signIn(server, 'jane', testPassword, headers)).status, 403)
    const answer = await server.ask(apiPaths.signOut, { method: 'POST', headers: { ...headers, cookie } })
    assert.equal(answer.status, 403)
  }
  assert.equal((await server.ask(apiPaths.signOut, { method: 'POST', headers: { cookie } })).status, 403, 'no proof')
  assert.equal(await statusOf(server, cookie), 200)
})

test('signing out ends the session in the store; the own sessions are listed and ended, those of others are not', async (t) => {
  const server = await openGuarded(t)
  const account = await addAccount('jane', 'viewer')
  const [mine, elsewhere] = [await sessionOf(account), await sessionOf(account)]
  const foreign = await sessionOf(await addAccount('joe', 'admin'))
  const headers = { ...own, cookie: mine.cookie }
  const list = await server.ask(apiPaths.ownSessions, { headers })
  const { rows } = JSON.parse(list.body) as { rows: { id: string; isCurrent: boolean; address: string }[] }
  assert.deepEqual(
    rows.map(({ id, isCurrent }) => [id, isCurrent]).sort(),
    [
      [mine.session, true],
      [elsewhere.session, false],
    ].sort(),
  )
  for (const secret of [mine, elsewhere, foreign].map(({ cookie }) => cookie.split('=')[1] ?? ''))
    assert.ok(!list.body.includes(secret))
  assert.equal((await server.ask(apiPaths.ownSession(foreign.session), { method: 'DELETE', headers })).status, 404)
  assert.equal((await server.ask(apiPaths.ownSession(elsewhere.session), { method: 'DELETE', headers })).status, 204)
  const cookies = [mine.cookie, elsewhere.cookie, foreign.cookie]
  assert.deepEqual(await Promise.all(cookies.map((each) => statusOf(server, each))), [200, 401, 200])
  const out = await server.ask(apiPaths.signOut, { method: 'POST', headers })
  assert.equal(out.status, 204)
  assert.match(String(out.headers['set-cookie']), /^asr-hunt-[\w-]{8}=; Path=\/; Max-Age=0;/)
  assert.equal(await statusOf(server, mine.cookie), 401)
  await endProcess()
  await loadIdentities()
  assert.deepEqual(await Promise.all(cookies.map((each) => statusOf(server, each))), [401, 401, 200], 'after a restart')
})

test('a session ends a day after its last request', async (t) => {
  const server = await openGuarded(t)
  const clock = clockAt(t)
  const { cookie } = await sessionOf(await addAccount('jane', 'viewer'))
  for (let day = 0; day < 3; day += 1) {
    clock.move(23 * 60 * minute)
    assert.equal(await statusOf(server, cookie), 200)
  }
  clock.move(24 * 60 * minute)
  assert.equal(await statusOf(server, cookie), 401)
  const { cookie: second } = await sessionOf(
    (await serverContext().then(({ reads, now }) => reads.accounts(now)))[0]?.id ?? '',
  )
  for (let half = 0; half < 27; half += 1) {
    clock.move(12 * 60 * minute)
    assert.equal(await statusOf(server, second), 200, `${half}`)
  }
  clock.move(12 * 60 * minute)
  assert.equal(await statusOf(server, second), 401, 'after fourteen days')
})

test('a one-time link sets a password once and signs in; a wrong password does not use it up', async (t) => {
  const server = await openGuarded(t)
  const { writes } = await serverContext()
  const link = await writes.makeSetUpLink()
  const use = (body: object) => server.ask(apiPaths.signInByLink, { method: 'POST', headers: own, body })
  const secret = link ?? ''
  assert.deepEqual(JSON.parse((await use({ link: secret })).body), { kind: 'set-up', name: null })
  assert.equal((await use({ link: 'x'.repeat(43) })).status, 410)
  assert.equal((await use({ link: secret, password: 'short', name: 'root' })).status, 400)
  assert.equal((await use({ link: secret, password: testPassword })).status, 400, 'no name')
  const done = await use({ link: secret, password: testPassword, name: 'root' })
  assert.equal(done.status, 200)
  assert.equal(
    JSON.parse((await server.ask(apiPaths.account, { headers: { cookie: cookiesOf(done) } })).body).role,
    'admin',
  )
  assert.equal((await use({ link: secret, password: testPassword, name: 'second' })).status, 410)
  assert.equal((await use({ link: secret })).status, 410)
  assert.equal((await signIn(server, 'root', testPassword)).status, 200)
})

test('no file of the data folder has a password, a secret of a session, a token, a link or an app', async (t) => {
  const server = await openGuarded(t)
  const { writes } = await serverContext()
  const { link } = await writes.addAccount('waits', 'admin')
  const token = await writes.makeToken('t', 'read', null)
  await addAccount('jane', 'viewer')
  const cookie = cookiesOf(await signIn(server, 'jane', testPassword))
  const app = await withApp(server, cookie)
  await signIn(server, testPassword, testPassword)
  const files = readdirSync(server.folder, { withFileTypes: true }).filter((each) => each.isFile())
  assert.ok(files.some(({ name }) => name === 'asr-hunt.db'))
  const secrets = [testPassword, cookie.split('=')[1] ?? '', link.secret, token.secret, app]
  for (const { name } of files) {
    const text = readFileSync(join(server.folder, name)).toString('latin1')
    for (const secret of secrets) assert.ok(secret.length > 12 && !text.includes(secret), `${name} has ${secret}`)
  }
})

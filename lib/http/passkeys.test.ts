import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateSync } from 'otplib'
import { serverContext } from '#lib/access/context.ts'
import { loadIdentities } from '#lib/access/identities.ts'
import { endProcess } from '#lib/access/testing.ts'
import { Passkey, type Wrong } from '#lib/access/testing-passkey.ts'
import type { AuditAction } from '#lib/model/access.ts'
import { mostPasskeys } from '#lib/model/passkeys.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { type Answer, addAccount, openGuarded, sessionOf, testPassword } from './testing-answers.ts'

type Guarded = Awaited<ReturnType<typeof openGuarded>>

const origin = 'http://localhost'
// Browsers reach the server at the default port, as behind a proxy.
process.env.ALLOWED_HOSTS = 'localhost:80'
const own = { origin }
const minute = 60_000

const cookiesOf = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? [])
    .map((each) => each.split(';')[0] ?? '')
    .filter((each) => !each.endsWith('='))
    .join('; ')

const nameOf = async ({ ask }: Guarded, cookie: string): Promise<string | null> => {
  const answer = await ask(apiPaths.account, { headers: { cookie } })
  return answer.status === 200 ? JSON.parse(answer.body).name : null
}

/** Rows of the audit log about something. */
async function audited(action: AuditAction) {
  const { reads } = await serverContext()
  const filter = { actor: null, action, subject: null, from: null, to: null }
  return (await reads.audit(filter, { offset: 0, limit: 1000 })).rows
}

const offer = ({ ask }: Guarded, cookie: string, password = testPassword) =>
  ask(apiPaths.ownPasskeys, { method: 'POST', headers: { ...own, cookie }, body: { password } })

const store = ({ ask }: Guarded, cookie: string, body: object) =>
  ask(apiPaths.ownPasskeys, { method: 'PUT', headers: { ...own, cookie }, body })

/** Adds a passkey in a session. */
async function add(server: Guarded, cookie: string, passkey: Passkey, wrong?: Wrong): Promise<Answer> {
  const { options, sealed } = JSON.parse((await offer(server, cookie)).body)
  return store(server, cookie, { sealed, name: 'Laptop', answer: passkey.create(options, wrong) })
}

const remove = ({ ask }: Guarded, cookie: string, id: string, password = testPassword) =>
  ask(apiPaths.ownPasskey(id), { method: 'DELETE', headers: { ...own, cookie }, body: { password } })

async function challenge({ ask }: Guarded): Promise<{ options: { challenge: string }; cookie: string }> {
  const answer = await ask(apiPaths.signInByPasskey, { method: 'POST', headers: own })
  return { options: JSON.parse(answer.body), cookie: cookiesOf(answer) }
}

const send = ({ ask }: Guarded, cookie: string, body: object, headers: Record<string, string> = {}) =>
  ask(apiPaths.signInByPasskey, { method: 'PUT', headers: { ...own, cookie, ...headers }, body })

/** Signs in with a passkey. */
async function signIn(server: Guarded, passkey: Passkey, wrong?: Wrong): Promise<Answer> {
  const { options, cookie } = await challenge(server)
  return send(server, cookie, passkey.answer(options, wrong))
}

async function withPasskey(t: TestContext, name = 'jane') {
  const server = await openGuarded(t)
  const account = await addAccount(name, 'viewer')
  const { cookie, session } = await sessionOf(account)
  const passkey = new Passkey(origin)
  const added = await add(server, cookie, passkey)
  assert.equal(added.status, 204, added.body)
  return { server, account, cookie, session, passkey }
}

test('a passkey is added after the password, listed, and signs in without a name; the session is a new one', async (t) => {
  const { server, cookie, passkey, account } = await withPasskey(t)
  const asked = JSON.parse((await offer(server, cookie)).body).options
  assert.deepEqual(asked.rp, { name: 'ASR Hunt', id: 'localhost' })
  assert.deepEqual(
    asked.excludeCredentials.map(({ id }: { id: string }) => id),
    [passkey.id],
  )
  assert.deepEqual(
    [asked.authenticatorSelection.residentKey, asked.authenticatorSelection.userVerification, asked.attestation],
    ['required', 'required', 'none'],
  )

  const { cookie: planted, session } = await sessionOf(await addAccount('mallory', 'viewer'))
  const { options, cookie: kept } = await challenge(server)
  assert.deepEqual(Object.keys(options).includes('allowCredentials'), false, 'no user is named, none is looked up')
  assert.equal((options as { userVerification?: string }).userVerification, 'required')
  const answer = await send(server, `${kept}; ${planted}`, passkey.answer(options))
  assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, { next: 'done' }])
  const mine = cookiesOf(answer)
  assert.equal(await nameOf(server, mine), 'jane')
  assert.equal(await nameOf(server, planted), null, 'what the browser had before is worth nothing')

  const list = JSON.parse((await server.ask(apiPaths.ownPasskeys, { headers: { cookie: mine } })).body)
  assert.equal(list.total, 1)
  assert.deepEqual([list.rows[0].name, list.rows[0].host, list.rows[0].id], ['Laptop', 'localhost', passkey.id])
  assert.match(list.rows[0].usedAt, /^\d{4}-/)
  const [signed] = await audited('signed-in')
  assert.deepEqual([signed?.actor.id, signed?.after], [account, { method: 'passkey' }])
  assert.deepEqual(
    (await audited('signed-out')).map(({ subject }) => subject),
    [session],
  )
  assert.equal((await audited('passkey-added'))[0]?.after?.name, 'Laptop')
})

test('a passkey counts as both factors: no code is asked for', async (t) => {
  const { server, cookie, passkey } = await withPasskey(t)
  const headers = { ...own, cookie }
  const { secret, sealed } = JSON.parse((await server.ask(apiPaths.ownTotp, { method: 'POST', headers })).body)
  const body = { sealed, code: generateSync({ secret }), password: testPassword }
  assert.equal((await server.ask(apiPaths.ownTotp, { method: 'PUT', headers, body })).status, 204)
  const byPassword = await server.ask(apiPaths.signIn, {
    ...{ method: 'POST', headers: own, body: { name: 'jane', password: testPassword } },
  })
  assert.deepEqual(JSON.parse(byPassword.body), { next: 'code' })
  assert.deepEqual(JSON.parse((await signIn(server, passkey)).body), { next: 'done' })
  const refused = await signIn(server, passkey, { isUnverified: true })
  assert.equal(refused.status, 401, 'without a PIN, a finger or a face it is one factor only')
})

test('adding and removing need the password and end all other sessions; a removed passkey opens nothing', async (t) => {
  const { server, account, cookie, passkey } = await withPasskey(t)
  const wrong = 'wrong otter fence'
  assert.equal((await offer(server, cookie, wrong)).status, 400)
  assert.equal((await remove(server, cookie, passkey.id, wrong)).status, 400)
  assert.equal((await remove(server, cookie, 'unknown')).status, 404)
  const foreign = await sessionOf(await addAccount('joe', 'admin'))
  assert.equal((await remove(server, foreign.cookie, passkey.id)).status, 404, 'not one of Joe')
  assert.equal((await signIn(server, passkey)).status, 200)

  const elsewhere = await sessionOf(account)
  assert.equal((await add(server, cookie, new Passkey(origin))).status, 204)
  assert.deepEqual([await nameOf(server, cookie), await nameOf(server, elsewhere.cookie)], ['jane', null])
  const byPasskey = cookiesOf(await signIn(server, passkey))
  assert.equal((await remove(server, cookie, passkey.id)).status, 204)
  assert.deepEqual([await nameOf(server, cookie), await nameOf(server, byPasskey)], ['jane', null])
  const refused = await signIn(server, passkey)
  assert.deepEqual([refused.status, refused.headers['set-cookie']?.length], [401, 1])
  assert.match(refused.body, /may have been removed from your account/)
  assert.equal((await audited('passkey-removed'))[0]?.before?.key, passkey.id)
})

test('a challenge is answered once, within five minutes, in the browser that asked, and not after a restart either', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { server, passkey } = await withPasskey(t)
  const { options, cookie } = await challenge(server)
  assert.match(cookie, /-passkey=/)
  assert.notEqual((await challenge(server)).options.challenge, options.challenge)
  const answer = passkey.answer(options)
  assert.equal((await send(server, '', answer)).status, 401, 'another browser')
  assert.equal(
    (await send(server, (await challenge(server)).cookie, answer)).status,
    401,
    'its challenge is another one',
  )
  assert.equal((await send(server, cookie, answer)).status, 200)
  const replayed = await send(server, cookie, answer)
  assert.deepEqual([replayed.status, JSON.parse(replayed.body).error.code], [401, 'sign-in-failed'])
  assert.equal((await send(server, cookie, passkey.answer(options))).status, 401, 'the challenge is used up')
  await endProcess()
  await loadIdentities()
  assert.equal((await send(server, cookie, passkey.answer(options))).status, 401, 'after a restart')

  const late = await challenge(server)
  t.mock.timers.setTime(Date.now() + 5 * minute)
  assert.equal((await send(server, late.cookie, passkey.answer(late.options))).status, 401, 'expired')
  const wasted = await challenge(server)
  assert.equal((await send(server, wasted.cookie, passkey.answer(wasted.options, { origin: 'http://x' }))).status, 401)
  assert.equal(
    (await send(server, wasted.cookie, passkey.answer(wasted.options))).status,
    401,
    'a wrong answer used it',
  )
  assert.equal((await signIn(server, passkey)).status, 200)
})

test('what is signed for another origin, server, ceremony, account or key is refused, and so is a wrong signature', async (t) => {
  const { server, passkey } = await withPasskey(t)
  const joe = await sessionOf(await addAccount('joe', 'viewer'))
  const other = new Passkey(origin)
  assert.equal((await add(server, joe.cookie, other)).status, 204)
  for (const wrong of [
    { origin: 'https://localhost' },
    { origin: 'http://localhost:3000' },
    { origin: 'https://evil.example' },
    { host: 'evil.example' },
    { type: 'webauthn.create' },
    { challenge: 'AAAA' },
    { account: other.account },
    { signedBy: other },
  ]) {
    const answer = await signIn(server, passkey, wrong)
    assert.equal(answer.status, 401, JSON.stringify(wrong))
    assert.match(answer.body, /This passkey is not accepted/)
  }
  const unknown = new Passkey(origin)
  unknown.account = passkey.account
  assert.equal((await signIn(server, unknown)).status, 401)
  const failed = await audited('sign-in-failed')
  assert.deepEqual(new Set(failed.map(({ after }) => after?.step)), new Set(['passkey']))
  assert.deepEqual([failed.length, failed[0]?.subject, failed[1]?.after?.name], [9, null, 'jane'])
  assert.equal(await nameOf(server, cookiesOf(await signIn(server, other))), 'joe')
  assert.equal(await nameOf(server, cookiesOf(await signIn(server, passkey))), 'jane')
})

test('a counter that does not rise is refused and in the audit log: there is a copy of the key', async (t) => {
  const { server, account, passkey } = await withPasskey(t)
  passkey.counter = 8
  assert.equal((await signIn(server, passkey)).status, 200)
  for (const counter of [8, 3, -1]) {
    passkey.counter = counter
    assert.equal((await signIn(server, passkey)).status, 401, String(counter))
  }
  const failed = await audited('sign-in-failed')
  assert.deepEqual(
    failed.map(({ subject, after }) => [subject, after?.step, after?.passkey, after?.counter]),
    [0, 4, 9].map((counter) => [account, 'passkey counter', 'Laptop', counter]),
  )
})

test('a new passkey must be for this server, this session and this challenge, and of nobody else', async (t) => {
  const { server, cookie, account, passkey } = await withPasskey(t)
  const joe = await sessionOf(await addAccount('joe', 'viewer'))
  for (const wrong of [
    { origin: 'https://evil.example' },
    { host: 'evil.example' },
    { type: 'webauthn.get' },
    { challenge: 'AAAA' },
    { isUnverified: true },
    { attestation: { format: 'apple', statement: new Map([['x5c', [new Uint8Array(9)]]]) } },
    { attestation: { format: 'nothing', statement: new Map() } },
  ] as Wrong[])
    assert.equal((await add(server, cookie, new Passkey(origin), wrong)).status, 400, JSON.stringify(wrong))

  const taken = await add(server, joe.cookie, passkey)
  assert.deepEqual([taken.status, /has this passkey already/.test(taken.body)], [400, true])
  const mine = JSON.parse((await offer(server, cookie)).body)
  const answer = new Passkey(origin).create(mine.options)
  const sent = { sealed: mine.sealed, name: 'Phone', answer }
  assert.equal((await store(server, joe.cookie, sent)).status, 400, 'another account')
  const elsewhere = await sessionOf(account)
  assert.equal((await store(server, elsewhere.cookie, sent)).status, 400, 'another session')
  assert.equal((await store(server, cookie, { ...sent, name: ' ' })).status, 400, 'no name')
  const ofSignIn = await challenge(server)
  const { options } = mine
  const other = new Passkey(origin).create({ ...options, ...ofSignIn.options, user: options.user })
  const sealed = ofSignIn.cookie.split('=')[1] ?? ''
  assert.equal((await store(server, cookie, { sealed, name: 'Phone', answer: other })).status, 400, 'of a sign-in')
  assert.equal((await store(server, cookie, sent)).status, 204)
  assert.equal((await store(server, cookie, sent)).status, 400, 'the challenge is used up')
  const { reads } = await serverContext()
  assert.deepEqual(
    (await reads.passkeys(account)).map(({ name }) => name),
    ['Laptop', 'Phone'],
  )
  assert.equal((await reads.passkeys(joe.session)).length, 0)
})

test('guessing with a passkey is limited for its address and itself, and guesses of a password do not count for it', async (t) => {
  const { server, passkey } = await withPasskey(t)
  for (let attempt = 0; attempt < 12; attempt += 1)
    await server.ask(apiPaths.signIn, { method: 'POST', headers: own, body: { name: 'jane', password: 'wrong' } })
  assert.equal((await signIn(server, passkey)).status, 200)
  const statuses: number[] = []
  for (let attempt = 0; attempt < 12; attempt += 1)
    statuses.push((await signIn(server, passkey, { challenge: 'AAAA' })).status)
  assert.deepEqual(statuses, [...Array(10).fill(401), 429, 429])
  const limited = await signIn(server, passkey)
  assert.equal(limited.status, 429)
  assert.ok(Number(limited.headers['retry-after']) > 14 * 60)
  const others: number[] = []
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const other = new Passkey(origin)
    other.account = passkey.account
    others.push((await signIn(server, other)).status)
  }
  assert.deepEqual([...new Set(others)], [401, 429], 'fifty of one address')
})

test('a disabled account and one that was reset cannot sign in with a passkey, and their sessions have ended', async (t) => {
  const { server, account, passkey } = await withPasskey(t)
  await addAccount('root', 'admin')
  const { writes, reads, now } = await serverContext()
  const passkeys = async () => (await reads.accounts(now)).find(({ id }) => id === account)?.passkeys
  const mine = cookiesOf(await signIn(server, passkey))
  await writes.changeAccount(account, { isDisabled: true })
  assert.equal(await nameOf(server, mine), null)
  assert.equal((await signIn(server, passkey)).status, 401)
  await writes.changeAccount(account, { isDisabled: false })
  const again = cookiesOf(await signIn(server, passkey))
  assert.deepEqual([await nameOf(server, again), await passkeys()], ['jane', 1])
  await writes.resetAccount(account)
  assert.deepEqual([await nameOf(server, again), await passkeys()], [null, 0])
  assert.equal((await signIn(server, passkey)).status, 401)
})

test('an IP address has no passkeys, and the answer says so; a passkey can be removed there', async (t) => {
  const { server, cookie, passkey } = await withPasskey(t)
  const host = { host: '127.0.0.1', origin: 'http://127.0.0.1' }
  const asked = [
    await server.ask(apiPaths.signInByPasskey, { method: 'POST', headers: host }),
    await server.ask(apiPaths.signInByPasskey, { method: 'PUT', headers: host, body: {} }),
    await server.ask(apiPaths.ownPasskeys, { method: 'POST', headers: { ...host, cookie }, body: {} }),
    await server.ask(apiPaths.ownPasskeys, { method: 'PUT', headers: { ...host, cookie }, body: {} }),
  ]
  for (const { status, body } of asked) {
    assert.deepEqual([status, JSON.parse(body).error.code], [421, 'wrong-host'])
    assert.match(body, /do not work at an IP address/)
  }
  const removed = await server.ask(apiPaths.ownPasskey(passkey.id), {
    ...{ method: 'DELETE', headers: { ...host, cookie }, body: { password: testPassword } },
  })
  assert.equal(removed.status, 204)
})

test('an account without a password here gets no passkey, and none has more than so many', async (t) => {
  const { server, account, cookie } = await withPasskey(t)
  const { writes } = await serverContext()
  const proxied = await sessionOf(await writes.addProxyAccount('proxied', 'viewer'))
  assert.equal((await offer(server, proxied.cookie)).status, 403)
  const { signInWrites } = await import('#lib/access/sign-in-writes.ts')
  const { by } = await serverContext()
  for (let n = 1; n < mostPasskeys; n += 1)
    await signInWrites(by).addPasskey(
      account,
      { passkey: { key: `k${n}`, name: `${n}`, secret: '', counter: 0, host: 'x' }, compared: null },
      null,
    )
  const { cookie: fresh } = await sessionOf(account)
  assert.equal(await nameOf(server, cookie), null)
  const refused = await offer(server, fresh)
  assert.deepEqual([refused.status, /Remove one first/.test(refused.body)], [400, true])
})

test('a page at another port of the same name gets nothing from a passkey, whatever Host its requests have', async (t) => {
  const { server, passkey } = await withPasskey(t)
  const elsewhere = { host: 'localhost:6666', origin: 'http://localhost:6666' }
  const begun = await server.ask(apiPaths.signInByPasskey, { method: 'POST', headers: elsewhere })
  assert.deepEqual([begun.status, JSON.parse(begun.body).error.code], [421, 'wrong-host'])
  const { options, cookie } = await challenge(server)
  const signed = passkey.answer(options, { origin: elsewhere.origin })
  assert.equal((await send(server, cookie, signed, elsewhere)).status, 421)
  assert.equal((await send(server, cookie, signed)).status, 401)
})

test('without a setting passkeys are for the port that the server listens on', async (t) => {
  const { ALLOWED_HOSTS } = process.env
  t.after(() => {
    process.env.ALLOWED_HOSTS = ALLOWED_HOSTS
  })
  process.env.ALLOWED_HOSTS = ''
  const { ask, port } = await openGuarded(t)
  const asked = (host: string) =>
    ask(apiPaths.signInByPasskey, { method: 'POST', headers: { host, origin: `http://${host}` } })
  const statuses = [`localhost:${port}`, 'localhost:6666', 'localhost'].map(async (host) => (await asked(host)).status)
  assert.deepEqual(await Promise.all(statuses), [200, 421, 421])
})

test('what was offered after a password adds nothing after another one was set, in the same session too', async (t) => {
  const { server, account, cookie } = await withPasskey(t)
  const { options, sealed } = JSON.parse((await offer(server, cookie)).body)
  const body = { password: testPassword, next: 'another otter fence' }
  const changed = await server.ask(apiPaths.ownPassword, { method: 'PUT', headers: { ...own, cookie }, body })
  assert.equal(changed.status, 204)
  const late = await store(server, cookie, { sealed, name: 'Late', answer: new Passkey(origin).create(options) })
  assert.deepEqual([late.status, /your password was changed/.test(late.body)], [400, true])
  const { reads } = await serverContext()
  assert.equal((await reads.passkeys(account)).length, 1)
})

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { anonymousActor } from '#lib/access/actor.ts'
import { asRequest, context, serverContext } from '#lib/access/context.ts'
import { accountNamed, accountOf, isClosed, loadIdentities, sessionBy } from '#lib/access/identities.ts'
import { hashOf } from '#lib/access/random.ts'
import { endProcess } from '#lib/access/testing.ts'
import { signInAtProvider, startProvider } from '#lib/access/testing-provider.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { log } from '#lib/log/log.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { answerOidcCallback, answerOidcStart } from './oidc.ts'

const base = 'http://hunt.example'
const redirect = `${base}${apiPaths.oidcCallback}`

type Given = {
  claims: (login: string) => Record<string, unknown>
  settings?: Record<string, string>
  isInIdToken?: boolean
  hasAdmin?: boolean
}

/** A server with an administrator of its own, and a provider. */
async function open(t: TestContext, { settings = {}, hasAdmin = true, ...options }: Given) {
  const { folder, remove } = temporaryFolder()
  const provider = await startProvider({ redirect, ...options })
  const environment = { DATA_DIR: folder, ...provider.settings, ...settings }
  Object.assign(process.env, environment)
  t.after(async () => {
    await endProcess()
    for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name)
    provider.close()
    remove()
  })
  const warned = t.mock.method(log, 'warn', () => {})
  await loadIdentities()
  if (hasAdmin) await (await serverContext()).writes.addAccount('root', 'admin')
  const asBrowser = (work: (request: Request) => Promise<Response>, url: string, cookies = '', address = '10.0.0.7') =>
    asRequest(
      anonymousActor,
      () => work(new Request(url, { headers: { host: 'hunt.example', cookie: cookies, 'user-agent': 'Test' } })),
      { address },
    )
  const start = async (to = '/stacking?q=a') => {
    const answer = await asBrowser(answerOidcStart, `${base}${apiPaths.oidc(to)}`)
    return { location: answer.headers.get('location') ?? '', cookie: cookieIn(answer, 'oidc') }
  }
  const end = (url: string, cookie: string, address?: string) => asBrowser(answerOidcCallback, url, cookie, address)
  /** The complete way of a user. */
  const signIn = async (login: string, to?: string) => {
    const { location, cookie } = await start(to)
    return end(await signInAtProvider(location, login, redirect), cookie)
  }
  return { start, end, signIn, warned, folder }
}

const cookieIn = (answer: Response, kind: 'oidc' | 'session'): string =>
  answer.headers
    .getSetCookie()
    .find((set) => set.split('=')[0]?.endsWith('-oidc') === (kind === 'oidc'))
    ?.split(';')[0] ?? ''

/** The account that a session cookie of an answer is of; null if there is no such cookie. */
const signedIn = (answer: Response): string | null => {
  const secret = /=(.+)$/.exec(cookieIn(answer, 'session'))?.[1] ?? ''
  return sessionBy(hashOf(secret), Date.now())?.account.id ?? null
}

test('a user of a real provider signs in, gets the role of the claim at each sign-in, and is led to the page', async (t) => {
  const roles: Record<string, unknown> = { jane: ['other', 'asr-hunt-analyst', 'viewer'] }
  const { signIn } = await open(t, { claims: (login) => ({ roles: roles[login] }) })
  const first = await signIn('jane', '/hosts?q=a%20b')
  assert.equal(first.status, 303)
  assert.equal(first.headers.get('location'), '/hosts?q=a%20b')
  const id = signedIn(first)
  const jane = accountNamed('jane')
  assert.deepEqual([jane?.id, jane?.role, jane?.origin], [id, 'analyst', 'oidc'])
  const [set] = first.headers.getSetCookie().filter((each) => each.includes('HttpOnly') && !each.includes('-oidc='))
  assert.match(set ?? '', /; HttpOnly; SameSite=Lax$/)

  roles.jane = 'asr-hunt-viewer'
  assert.equal(signedIn(await signIn('jane')), id, 'the same account')
  assert.equal(accountOf(id ?? '')?.role, 'viewer')
  for (const none of [undefined, [], 'administrator', ['Admin'], { admin: true }]) {
    roles.jane = none
    const refused = await signIn('jane')
    assert.equal(signedIn(refused), null)
    assert.equal(refused.headers.get('location'), '/sign-in?to=/stacking?q=a&problem=no-role')
  }
})

test('the role is found in the ID token too, and at the path that a claim names', async (t) => {
  const { signIn } = await open(t, {
    isInIdToken: true,
    claims: () => ({ realm: { access: ['admin'] } }),
    settings: { OIDC_ROLE_CLAIM: 'realm.access' },
  })
  assert.equal(accountOf(signedIn(await signIn('jane')) ?? '')?.role, 'admin')
})

test('an account is known by issuer and subject: a name that another account has is not that account', async (t) => {
  const { signIn } = await open(t, {
    claims: (login) => ({ roles: ['viewer'], preferred_username: login === 'x' ? 'ROOT' : 'root' }),
  })
  const [first, second] = [signedIn(await signIn('x')), signedIn(await signIn('y'))]
  const root = accountNamed('root')
  assert.equal(root?.role, 'admin')
  assert.equal(new Set([root?.id, first, second]).size, 3)
  assert.deepEqual([accountOf(first ?? '')?.name, accountOf(second ?? '')?.name], ['ROOT (2)', 'root (3)'])
})

test('what the provider sent counts only in the browser that began, once, and as it was sent', async (t) => {
  const { start, end } = await open(t, { claims: () => ({ roles: ['viewer'] }) })
  const [mine, other] = [await start(), await start()]
  const back = await signInAtProvider(mine.location, 'jane', redirect)
  const failed = async (url: string, cookie: string) => {
    const answer = await end(url, cookie)
    assert.equal(signedIn(answer), null)
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in\?.*problem=failed$/)
  }
  await failed(back, '')
  await failed(back, other.cookie)
  await failed(back, `${mine.cookie.slice(0, -2)}AA`)
  await failed(back.replace(/state=[^&]+/, 'state=x'), mine.cookie)
  await failed(back.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'), mine.cookie)
  await failed(`${redirect}?error=access_denied&${back.split('?')[1]?.replace(/code=[^&]+&?/, '')}`, mine.cookie)
  assert.notEqual(signedIn(await end(back, mine.cookie)), null)
  await failed(back, mine.cookie)
  assert.equal(signedIn(await end(back, mine.cookie)), null)
})

test('a page of another server is never led to', async (t) => {
  const { signIn } = await open(t, { claims: () => ({ roles: ['viewer'] }) })
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/api/v1/events',
    'javascript:alert(1)',
  ])
    assert.equal((await signIn('jane', to)).headers.get('location'), '/', to)
})

test('an account that is disabled here stays out; ten attempts of one address may fail, and a success forgets them', async (t) => {
  const { signIn, start, end } = await open(t, { claims: () => ({ roles: ['viewer'] }) })
  const id = signedIn(await signIn('jane')) ?? ''
  await asRequest(anonymousActor, async () => (await context()).writes.changeAccount(id, { isDisabled: true }))
  const refused = await signIn('jane')
  assert.equal(signedIn(refused), null)
  assert.match(refused.headers.get('location') ?? '', /problem=disabled$/)
  const { cookie, location } = await start()
  const state = new URL(location).searchParams.get('state')
  const wrong = `${redirect}?code=wrong&state=${state}&iss=${encodeURIComponent(process.env.OIDC_ISSUER ?? '')}`
  const problemOf = async (answer: Promise<Response>) =>
    /[a-z-]+$/.exec((await answer).headers.get('location') ?? '')?.[0]
  const failWrong = async (times: number) => {
    for (let n = 0; n < times; n++) assert.equal(await problemOf(end(wrong, cookie)), 'failed')
  }
  // The one of the disabled account is the first.
  await failWrong(8)
  assert.notEqual(signedIn(await signIn('joe')), null)
  await failWrong(10)
  assert.equal(await problemOf(end(wrong, cookie)), 'limited')
  assert.equal(await problemOf(signIn('joe')), 'limited')
  assert.match((await end(wrong, cookie, '10.0.0.8')).headers.get('location') ?? '', /problem=failed$/)
})

test('attempts of one user of the provider are limited wherever they come from, those of others are not', async (t) => {
  const { start, end } = await open(t, { claims: (login) => ({ roles: login === 'jane' ? ['none'] : ['viewer'] }) })
  const from = async (login: string, address: string) => {
    const { location, cookie } = await start()
    const answer = await end(await signInAtProvider(location, login, redirect), cookie, address)
    return /problem=([a-z-]+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? 'in'
  }
  for (let n = 0; n < 100; n++) assert.equal(await from('jane', `10.1.0.${n}`), 'no-role')
  assert.equal(await from('jane', '10.2.0.1'), 'limited')
  assert.equal(await from('joe', '10.2.0.1'), 'in')
})

test('the first account of a server is an administrator, also if a provider signs it in', async (t) => {
  const { signIn } = await open(t, { claims: (login) => ({ roles: [login] }), hasAdmin: false })
  const refused = await signIn('viewer')
  assert.match(refused.headers.get('location') ?? '', /problem=no-admin$/)
  assert.equal(isClosed(), false)
  assert.notEqual(signedIn(await signIn('admin')), null)
  assert.notEqual(signedIn(await signIn('viewer')), null)
})

test('the audit log has the sign-ins and failures, and nothing has a secret of the provider', async (t) => {
  const { signIn, start, warned } = await open(t, { claims: () => ({ roles: ['viewer'] }) })
  const answer = await signIn('jane')
  const { location } = await start()
  assert.ok(!location.includes(process.env.OIDC_CLIENT_SECRET ?? 'x'))
  assert.notEqual(signedIn(answer), null)
  const { reads } = await serverContext()
  const everything = { actor: null, action: null, subject: null, from: null, to: null }
  const { rows } = await reads.audit(everything, { offset: 0, limit: 100 })
  const actions = rows.map(({ action }) => action)
  for (const action of ['user-added', 'signed-in'] as const) assert.ok(actions.includes(action), actions.join())
  const said = JSON.stringify([rows, warned.mock.calls.map(({ arguments: given }) => given)])
  for (const secret of [process.env.OIDC_CLIENT_SECRET ?? 'x', cookieIn(answer, 'session').split('=')[1] ?? 'x'])
    assert.ok(!said.includes(secret))
})

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type APIRequestContext, request } from '@playwright/test'
import { mustSkip } from '#bin/skip.ts'
import { Passkey } from '#lib/access/testing-passkey.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { freePort, nginxMissing, proxyAddress, startNginx } from './fixtures/nginx.ts'
import { ask } from './fixtures/raw.ts'
import { clearServer, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'
import { addUser } from './fixtures/users.ts'

test.skip(mustSkip(nginxMissing), nginxMissing ?? '')
test.describe.configure({ mode: 'serial' })

const password = 'violet otter fence'
const server = new Server(mkdtempSync(join(tmpdir(), 'asr-hunt-e2e-')))
let link = ''
let port = 0

test.beforeAll(async () => {
  port = await freePort()
  const hosts = { ALLOWED_HOSTS: `localhost:${port}` }
  server.settings = { TRUSTED_PROXIES: proxyAddress, AUTH_PROXY_HEADER: 'X-Auth-User', ...hosts }
  await server.start()
  link = await addUser(server, ['root', '--role', 'admin'])
  await addUser(server, ['jane', '--role', 'analyst', '--proxy'])
})
test.afterAll(() => clearServer(server))

/** A program that asks through nginx. */
const through = (baseURL: string, headers: Record<string, string> = {}): Promise<APIRequestContext> =>
  request.newContext({ baseURL, ignoreHTTPSErrors: true, extraHTTPHeaders: headers })

test('through nginx, by its recipe: https, sign-in, a passkey, an upload, the stream of the wall, and the address of the client', async ({
  browser,
}) => {
  const nginx = await startNginx(server.url, port)
  try {
    const plain = await (await through(nginx.plainUrl)).get('/stacking', { maxRedirects: 0 })
    expect([plain.status(), plain.headers().location]).toEqual([301, 'https://localhost/stacking'])

    const context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: nginx.url })
    const page = await context.newPage()
    await page.goto('/hosts?q=a')
    expect(page.url()).toBe(`${nginx.url}/sign-in?to=/hosts?q=a`)
    await page.goto(`/set-up#${link.split('#')[1]}`)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('The same password again').fill(password)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    const cookies = (await context.cookies()).filter(({ httpOnly }) => httpOnly)
    expect(cookies.map(({ name, secure }) => [name.startsWith('__Host-asr-hunt-'), secure])).toEqual([[true, true]])

    const answers = await page.evaluate(async () => {
      const sent = await fetch('/api/v1/uploads?name=large.xml', { method: 'POST', body: 'x'.repeat(3_000_000) })
      const first = await new Promise((resolve) => {
        const feed = new EventSource('/api/v1/wall/stream')
        feed.onmessage = ({ data }) => {
          feed.close()
          resolve(Object.keys(JSON.parse(data)).includes('last7d'))
        }
      })
      const sessions = await (await fetch('/api/v1/account/sessions')).json()
      return { status: sent.status, code: (await sent.json()).error?.code, first, sessions: sessions.rows }
    })
    // The log is none, which only the server can say: all of it went through, past the limit of nginx.
    expect(answers).toMatchObject({
      status: 415,
      code: 'unknown-format',
      first: true,
      sessions: [{ address: '127.0.0.1' }],
    })
    expect((await page.request.get('/')).headers()['strict-transport-security']).toBe('max-age=31536000')

    const liar = await through(nginx.url, { 'X-Forwarded-For': '10.9.9.9', 'X-Auth-User': 'root' })
    expect((await liar.get('/api/v1/account')).status()).toBe(401)
    const failed = await liar.post('/api/v1/sign-in', { data: { name: 'root', password: 'wrong wrong wrong' } })
    expect(failed.status()).toBe(401)
    const audit = await page.request.get('/api/v1/audit-log?action=sign-in-failed')
    expect((await audit.json()).rows[0].address).toBe('127.0.0.1')

    // Without a browser, which accepts no passkeys with a certificate that it does not trust.
    const passkey = new Passkey(nginx.url)
    const send = (method: string, path: string, data: object = {}) =>
      page.request.fetch(path, { method, data, headers: { Origin: nginx.url } })
    const offer = await (await send('POST', apiPaths.ownPasskeys, { password })).json()
    const made = { sealed: offer.sealed, name: 'Laptop', answer: passkey.create(offer.options) }
    expect((await send('PUT', apiPaths.ownPasskeys, made)).status()).toBe(204)
    const asked = await send('POST', apiPaths.signInByPasskey)
    expect(asked.headers()['set-cookie']).toMatch(
      /^__Host-asr-hunt-.{8}-passkey=.*; HttpOnly; SameSite=Strict; Secure$/,
    )
    const signedIn = await send('PUT', apiPaths.signInByPasskey, passkey.answer(await asked.json()))
    expect(await signedIn.json()).toEqual({ next: 'done' })
    const elsewhere = { Host: 'localhost:6666', Origin: 'https://localhost:6666' }
    const relayed = await page.request.fetch(apiPaths.signInByPasskey, { method: 'POST', headers: elsewhere })
    expect(relayed.status(), 'a page at another port signs for itself only').toBe(421)
    await context.close()
  } finally {
    await nginx.stop()
  }
})

test('a user whom nginx has signed in is that user; one without an account, or named from elsewhere, is not', async () => {
  const nginx = await startNginx(server.url, port, { jane: 'secret', mallory: 'secret' })
  try {
    const as = (name: string, headers = {}) =>
      through(nginx.url, { Authorization: `Basic ${btoa(`${name}:secret`)}`, ...headers })
    const nobody = await (await through(nginx.url, { 'X-Auth-User': 'jane' })).get('/api/v1/account')
    expect(nobody.status()).toBe(401)
    expect(nobody.headers()['www-authenticate']).toContain('Basic')
    for (const headers of [{}, { 'X-Auth-User': 'root' }, { 'x-auth-USER': 'root' }]) {
      const jane = await (await as('jane', headers)).get('/api/v1/account')
      expect(jane.status()).toBe(200)
      expect(await jane.json()).toMatchObject({ name: 'jane', role: 'analyst' })
    }
    // A token passes nginx, and the server checks it: nobody is named then.
    const token = await (await through(nginx.url, { Authorization: 'Bearer invented', 'X-Auth-User': 'jane' })).get(
      '/api/v1/account',
    )
    expect([token.status(), token.headers()['www-authenticate']]).toEqual([401, 'Bearer'])
    const mallory = await (await as('mallory')).get('/stacking')
    expect(mallory.status()).toBe(403)
    expect(await mallory.text()).toContain('has no account')
    // The browser says by itself who it is: a page of another site must not make it write.
    const led = await (await as('jane', { Origin: 'https://evil.example' })).post('/api/v1/sample')
    expect(led.status()).toBe(403)
  } finally {
    await nginx.stop()
  }
})

test('past the proxy, its headers are worth nothing', async () => {
  const headers = { 'X-Auth-User': 'jane', 'X-Forwarded-For': '10.9.9.9', 'X-Forwarded-Proto': 'https' }
  expect((await ask(`${server.url}/api/v1/account`, { headers })).status).toBe(401)
  const page = await ask(`${server.url}/stacking`, { headers })
  expect([page.status, page.headers.location]).toEqual([303, '/sign-in?to=/stacking'])
  const host = await ask(`${server.url}/api/v1/health`, { headers: { ...headers, Host: 'evil.example' } })
  expect(host.status).toBe(421)
  const forwarded = { ...headers, 'X-Forwarded-Host': 'localhost', Host: 'evil.example' }
  expect((await ask(`${server.url}/api/v1/health`, { headers: forwarded })).status).toBe(421)
})

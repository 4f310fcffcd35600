import assert from 'node:assert/strict'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { POST as openDisplay } from '#app/api/v1/display/route.ts'
import { GET as getWall } from '#app/api/v1/wall/route.ts'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest, context } from '#lib/access/context.ts'
import { loadIdentities } from '#lib/access/identities.ts'
import { endProcess } from '#lib/access/testing.ts'
import { event } from '#lib/ingest/testing.ts'
import { log } from '#lib/log/log.ts'
import type { Scope } from '#lib/model/access.ts'
import type { WallData } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { openSeededStore } from '#lib/query/testing.ts'
import { getReads } from '#lib/store/open.ts'
import { openAnswers } from './answer-request.ts'
import { answerLogged } from './logged.ts'

const seeded = openSeededStore(600)
process.env.DATA_DIR = seeded.folder
const newest = Math.max(...seeded.events.map(({ time }) => time))
const secretPath = 'C:\\Users\\zoe.secret\\Desktop\\Dismissals\\List of names.docx'
seeded.add([
  event(1121, 'planted', newest, { Path: secretPath, 'Process Name': 'C:\\Users\\zoe.secret\\zoe.secret.exe' }),
  event(5007, 'planted', newest, {
    'New Value':
      'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\ASROnlyExclusions\\C:\\Users\\zoe.secret = 0x0',
  }),
])
after(async () => {
  await endProcess()
  await seeded.close()
})

const host = '127.0.0.1'

/** What Next answers in production, without a build: the two routes that a screen uses. */
async function pages(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }
  const asked = new Request(new URL(request.url ?? '/', `http://${host}`), {
    ...{ method: request.method ?? 'GET', headers: request.headers as Record<string, string> },
    ...body,
  })
  const answer = await (new URL(asked.url).pathname === apiPaths.display ? openDisplay(asked) : getWall(asked))
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
}

/** A server with all checks, as `bin/serve.ts` opens it, and an administrator, so that it is closed. */
async function serve(t: TestContext) {
  await loadIdentities()
  const answer = openAnswers(pages, { allowedHosts: new Set(), isDevelopment: false })
  const server = createServer((request, response) =>
    answerLogged(request, response, () => answer(request, response, false, true)),
  )
  server.listen(0, host)
  await once(server, 'listening')
  const stop = async () => {
    server.close()
    server.closeAllConnections()
    if (server.listening) await once(server, 'close')
  }
  t.after(stop)
  return { base: `http://${host}:${(server.address() as AddressInfo).port}`, stop }
}

/** What an administrator does by the local socket. */
const asAdmin = <Result>(work: (made: Awaited<ReturnType<typeof context>>) => Result) =>
  asRequest(theLocalActor, async () => work(await context()))

const makeToken = (scope: Scope, expiresAt: number | null = null) =>
  asAdmin(({ writes }) => writes.makeToken(`a ${scope}`, scope, expiresAt))

/** Opens the wall with a token, as the page /display does, and returns the cookie. */
async function openScreen(base: string, token: string): Promise<string> {
  const answer = await fetch(`${base}${apiPaths.display}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: base },
    body: JSON.stringify({ token }),
  })
  assert.equal(answer.status, 204)
  const [cookie = ''] = answer.headers.getSetCookie()
  assert.match(cookie, /; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Strict$/)
  return cookie.split(';', 1)[0] ?? ''
}

/** A screen that listens to the feed: what it has heard, and waits for what it must hear. */
async function listen(base: string, cookie: string) {
  const left = new AbortController()
  const answer = await fetch(`${base}${apiPaths.wallStream}?anchor=newest`, {
    headers: { cookie },
    signal: left.signal,
  })
  if (answer.status !== 200) return { status: answer.status, until: async () => '', leave: () => left.abort() }
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let hasEnded = false
  /** Reads until a text is there, and returns all that was heard since the last call. */
  const until = async (part: string | null): Promise<string> => {
    while (part === null ? !hasEnded : !text.includes(part)) {
      const { value = '', done = true } = (await reader?.read()) ?? {}
      text += value
      if (done && part !== null) throw new Error(`The answer ended without ${part}: ${text}`)
      hasEnded = done
    }
    const heard = text
    text = ''
    return heard
  }
  return { status: answer.status, until, leave: () => left.abort() }
}

const figures = (message: string): WallData => JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? 'null')

/** Every text in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

const addAdmin = async () => {
  if ((await asAdmin(({ reads, now }) => reads.accounts(now))).length === 0)
    await asAdmin(({ writes }) => writes.addAccount('root', 'admin'))
}

test('a display gets the same figures by the feed and by asking, and no path, user name or exclusion', async (t) => {
  await addAdmin()
  const { base } = await serve(t)
  const [display, reader] = [await makeToken('display'), await makeToken('read')]
  const cookie = await openScreen(base, display.secret)
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${base}${apiPaths.wall}?anchor=newest`, { headers })).json() as Promise<WallData>
  const complete = await ask({ Authorization: `Bearer ${reader.secret}` })
  assert.ok(JSON.stringify(complete).includes('zoe.secret'), 'it is there to be hidden')
  const screen = await listen(base, cookie)
  const shown = [
    await ask({ cookie }),
    await ask({ Authorization: `Bearer ${display.secret}` }),
    figures(await screen.until('data: ')),
  ]
  screen.leave()
  for (const data of shown) {
    const texts = textsIn(data)
    assert.ok(!texts.some((text) => /zoe|secret|Dismissals|List of names/i.test(text)))
    for (const text of texts) assert.doesNotMatch(text, /[A-Z]:\\|\\Users\\|\\Device\\|[^•]\\/i)
    const { at: _, ...rest } = complete
    for (const name of ['last24h', 'last7d', 'hours', 'rulesFiring', 'warnings7d'] as const)
      assert.deepEqual(data[name], rest[name])
    assert.deepEqual(
      data.rareStacks.map(({ count, dests }) => [count, dests]),
      rest.rareStacks.map(({ count, dests }) => [count, dests]),
    )
  }
})

test('a display opens the wall and nothing else; a token of another scope opens no screen', async (t) => {
  await addAdmin()
  const { base } = await serve(t)
  const { secret } = await makeToken('display')
  const cookie = await openScreen(base, secret)
  for (const path of ['/api/v1/stacking', '/api/v1/uploads', '/api/v1/tokens', '/api/v1/audit-log', '/api/v1/users'])
    assert.equal((await fetch(`${base}${path}`, { headers: { cookie } })).status, 403, path)
  for (const [scope, status] of [
    ['read', 401],
    ['upload', 401],
  ] as const) {
    const other = await makeToken(scope)
    const answer = await fetch(`${base}${apiPaths.display}`, {
      method: 'POST',
      body: JSON.stringify({ token: other.secret }),
    })
    assert.equal(answer.status, status)
    assert.deepEqual(answer.headers.getSetCookie(), [])
  }
  const wrong = await fetch(`${base}${apiPaths.display}`, { method: 'POST', body: '{"token":"asrhunt_display_x"}' })
  assert.equal(wrong.status, 401)
  const elsewhere = await fetch(`${base}${apiPaths.display}`, {
    ...{ method: 'POST', body: JSON.stringify({ token: secret }) },
    headers: { Origin: 'http://elsewhere.example' },
  })
  assert.equal(elsewhere.status, 403)
})

test('a screen shows the wall for a day, reconnects, outlives a restart, and ends when its token is revoked', async (t) => {
  await addAdmin()
  t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() })
  const began = Date.now()
  let server = await serve(t)
  const { id, secret } = await makeToken('display')
  const cookie = await openScreen(server.base, secret)
  const minute = 60_000
  let screen = await listen(server.base, cookie)
  for (let hour = 1; hour <= 24; hour += 1) {
    for (const length of [5000, 5000, 60 * minute - 10_000]) {
      await screen.until('data: ')
      // One beat after a pause: many at once would be one message.
      if (length > 5000) t.mock.timers.setTime(Date.now() + length - 5000)
      t.mock.timers.tick(5000)
    }
    if (hour % 6 === 0) {
      screen.leave()
      screen = await listen(server.base, cookie)
      assert.equal(screen.status, 200)
    }
    if (hour !== 12) continue
    screen.leave()
    await server.stop()
    await endProcess()
    server = await serve(t)
    screen = await listen(server.base, cookie)
    assert.equal(screen.status, 200, 'the cookie is as good as before')
  }
  assert.ok(Date.now() - began >= 24 * 60 * minute)
  await screen.until('data: ')
  assert.equal(await asAdmin(({ writes }) => writes.revokeToken(id)), true)
  // Without a beat: no clock has moved since.
  assert.match(await screen.until(null), /event: ended\ndata: \{\}\n\n$/)
  assert.equal((await listen(server.base, cookie)).status, 401)
  assert.equal((await fetch(`${server.base}${apiPaths.wall}`, { headers: { cookie } })).status, 401)
})

test('a token that expires ends its screen at the next beat', async (t) => {
  await addAdmin()
  t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() })
  const server = await serve(t)
  const { secret } = await makeToken('display', Date.now() + 60_000)
  const screen = await listen(server.base, await openScreen(server.base, secret))
  await screen.until('data: ')
  t.mock.timers.setTime(Date.now() + 58_000)
  t.mock.timers.tick(1000)
  await screen.until('data: ')
  t.mock.timers.tick(5000)
  assert.match(await screen.until(null), /event: ended\n/)
})

test('the secret of a token is in no log, row, file, address or answer but the one that made it', async (t) => {
  await addAdmin()
  const logged: string[] = []
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    t.mock.method(log, level, (...args: unknown[]) => void logged.push(JSON.stringify(args)))
  const { base } = await serve(t)
  const { id, secret } = await makeToken('display')
  const cookie = await openScreen(base, secret)
  const headers = { Authorization: `Bearer ${secret}` }
  const answers = [
    await fetch(`${base}${apiPaths.wall}`, { headers: { cookie } }),
    await fetch(`${base}${apiPaths.uploads}`, { headers }),
    await fetch(`${base}${apiPaths.display}`, { method: 'POST', headers }),
    await fetch(`${base}${apiPaths.display}`, { method: 'POST', body: JSON.stringify({ token: `${secret}x` }) }),
    await fetch(`${base}${apiPaths.display}`, { method: 'POST', body: `{"token": "${secret}` }),
    await fetch(`${base}${apiPaths.display}`, { method: 'POST', body: JSON.stringify({ token: [secret] }) }),
  ]
  for (const answer of answers) {
    const isOpened = answer.status === 204
    const said = [...answer.headers].filter(([name]) => !(isOpened && name === 'set-cookie'))
    assert.ok(!`${JSON.stringify(said)}${await answer.text()}`.includes(secret), `${answer.status}`)
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
  }
  const everything = { actor: null, action: null, subject: null, from: null, to: null }
  const rows = await (await getReads()).audit(everything, { offset: 0, limit: 1000 })
  assert.deepEqual(
    rows.rows.filter(({ subject }) => subject === id).map(({ action, actor }) => [action, actor.kind]),
    [
      ['display-opened', 'token'],
      ['display-opened', 'token'],
      ['token-made', 'local'],
    ],
  )
  assert.ok(!JSON.stringify(rows).includes(secret))
  assert.ok(!logged.join('\n').includes(secret))
  for (const name of globSync('**', { cwd: seeded.folder, withFileTypes: true }))
    if (name.isFile()) assert.ok(!readFileSync(join(name.parentPath, name.name)).includes(secret), name.name)
})

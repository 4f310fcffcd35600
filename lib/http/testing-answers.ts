import { scryptSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import * as ownPasskey from '#app/api/v1/account/passkeys/[id]/route.ts'
import * as ownPasskeys from '#app/api/v1/account/passkeys/route.ts'
import * as ownPassword from '#app/api/v1/account/password/route.ts'
import * as account from '#app/api/v1/account/route.ts'
import * as ownSession from '#app/api/v1/account/sessions/[id]/route.ts'
import * as ownSessions from '#app/api/v1/account/sessions/route.ts'
import * as totp from '#app/api/v1/account/totp/route.ts'
import * as health from '#app/api/v1/health/route.ts'
import * as signInByCode from '#app/api/v1/sign-in/code/route.ts'
import * as signInByLink from '#app/api/v1/sign-in/link/route.ts'
import * as signInByPasskey from '#app/api/v1/sign-in/passkey/route.ts'
import * as signIn from '#app/api/v1/sign-in/route.ts'
import * as signOut from '#app/api/v1/sign-out/route.ts'
import { serverContext } from '#lib/access/context.ts'
import { isClosed, loadIdentities } from '#lib/access/identities.ts'
import { signInWrites } from '#lib/access/sign-in-writes.ts'
import { endProcess } from '#lib/access/testing.ts'
import { queueRecovered } from '#lib/access/uploads.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { type Role, roles, type Scope, scopes } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { sendAnswer } from './answer.ts'
import { openAnswers } from './answer-request.ts'
import { cookieName } from './cookies.ts'
import { answerLogged } from './logged.ts'

type Routes = Partial<Record<string, unknown>>

/** The routes of sign-in. Everything else that reaches Next is answered with 299. */
const routes: Record<string, Routes> = {
  [apiPaths.signIn]: signIn,
  [apiPaths.signInByCode]: signInByCode,
  [apiPaths.signInByLink]: signInByLink,
  [apiPaths.signInByPasskey]: signInByPasskey,
  [apiPaths.signOut]: signOut,
  [apiPaths.account]: account,
  [apiPaths.ownPassword]: ownPassword,
  [apiPaths.ownTotp]: totp,
  [apiPaths.ownPasskeys]: ownPasskeys,
  [apiPaths.ownSessions]: ownSessions,
  '/api/v1/health': health,
}

/** Routes of one thing, by the address before its id. */
const single: Record<string, Routes> = { [apiPaths.ownSessions]: ownSession, [apiPaths.ownPasskeys]: ownPasskey }

/** What a page or route was reached with, for tests of what the server does before. */
export const reached = 299

async function answerAsNext(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = asked
  const path = url.split('?')[0] ?? ''
  const [, before = '', id = null] = /^(.*)\/(.+)$/.exec(path) ?? []
  const handle = (single[before]?.[method] ?? routes[path]?.[method]) as
    | ((request: Request, context: unknown) => Promise<Response>)
    | undefined
  if (handle === undefined) {
    response.writeHead(reached, { 'X-Reached': url }).end()
    return
  }
  const body = method === 'GET' ? {} : { body: Readable.toWeb(asked) as BodyInit, duplex: 'half' as const }
  const given = new Request(new URL(url, 'http://localhost'), {
    ...{ method, headers: headers as Record<string, string>, ...body },
  })
  const answer = await handle(given, { params: Promise.resolve({ id }) })
  for (const cookie of answer.headers.getSetCookie()) response.appendHeader('Set-Cookie', cookie)
  answer.headers.delete('Set-Cookie')
  await sendAnswer(response, answer)
}

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }
export type Asked = { method?: string; headers?: Record<string, string>; body?: unknown }

/** Sends a request to a port or a socket, with exactly these headers; an answer that goes on is left after its head. */
export function askAt(
  at: { port: number } | { socketPath: string },
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? '' : JSON.stringify(body)
    // Of a DELETE, Node says by itself neither that it has a body nor how long that is.
    const length = sent === '' ? {} : { 'content-length': Buffer.byteLength(sent) }
    const asked = request({ ...at, path, method, headers: { host: 'localhost', ...length, ...headers } }, (answer) => {
      const { statusCode: status = 0, headers } = answer
      if (headers['content-type'] === 'text/event-stream') {
        resolve({ status, headers, body: '' })
        return asked.destroy()
      }
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
      answer.on('end', () => resolve({ status, headers, body: Buffer.concat(parts).toString() }))
    })
    asked.on('error', reject)
    asked.end(sent)
  })
}

/** The server's own guard and routes of sign-in over a store of its own, on a port and on a local socket. */
export async function openGuarded(t: TestContext) {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  await loadIdentities()
  // What it starts must not go on in the next test.
  await queueRecovered()
  const answer = openAnswers(answerAsNext, { allowedHosts: new Set(), isDevelopment: false })
  const open = (isLocal: boolean) =>
    createServer((asked, response) => answerLogged(asked, response, () => answer(asked, response, isLocal, true)))
  const server = open(false).listen(0, '127.0.0.1')
  const localServer = open(true).listen(join(folder, 'test.sock'))
  await Promise.all([once(server, 'listening'), once(localServer, 'listening')])
  t.after(async () => {
    for (const each of [server, localServer]) {
      each.closeAllConnections()
      each.close()
    }
    await endProcess()
    remove()
  })
  const { port } = server.address() as AddressInfo
  return {
    folder,
    port,
    ask: (path: string, asked?: Asked) => askAt({ port }, path, asked),
    askLocally: (path: string, asked?: Asked) => askAt({ socketPath: join(folder, 'test.sock') }, path, asked),
  }
}

export const testPassword = 'violet otter fence'
/** Its hash, at a small part of the cost of others: what a hash costs is part of it. */
const hashed = [
  'scrypt',
  1024,
  8,
  1,
  'AAAA',
  scryptSync(testPassword, Buffer.alloc(3), 32, { N: 1024, r: 8, p: 1 }).toString('base64url'),
].join('$')

/** Makes an account with the test's password, after an administrator if there is none. Returns its id. Its one-time link is used up. */
export async function addAccount(name: string, role: Role): Promise<string> {
  const { by, writes } = await serverContext()
  if (role !== 'admin' && !isClosed()) await writes.addAccount('first admin', 'admin')
  const { id, link } = await writes.addAccount(name, role)
  await signInWrites(by).spendLink(link.secret, hashed, null)
  return id
}

/** Begins a session of an account, and returns the header that its browser sends, and the id of the session. */
export async function sessionOf(account: string): Promise<{ cookie: string; session: string }> {
  const { by } = await serverContext()
  const begun = await signInWrites(by).signIn(account, 'password', { address: '10.0.0.7', agent: 'test', name: null })
  if (begun === null) throw new Error(`Unknown account ${account}.`)
  return { cookie: `${cookieName('session', false)}=${begun.secret}`, session: begun.session }
}

/** One who asks for each role and each scope, by the headers that identify it. */
export async function addPeople(): Promise<Record<Role | Scope, Record<string, string>>> {
  const { writes } = await serverContext()
  const people: Record<string, Record<string, string>> = {}
  for (const role of roles) {
    const { cookie } = await sessionOf(await addAccount(role, role))
    people[role] = { cookie, origin: 'http://localhost' }
  }
  for (const scope of scopes) {
    const { secret } = await writes.makeToken(scope, scope, null)
    people[scope] = { authorization: `Bearer ${secret}` }
  }
  return people as Record<Role | Scope, Record<string, string>>
}

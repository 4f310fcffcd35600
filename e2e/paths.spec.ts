import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from './fixtures/test.ts'
import { signedIn } from './fixtures/users.ts'

test.use({ owner: 'paths' })
test.setTimeout(180_000)

/** A name that only answers to administrators have. */
const secret = 'only-administrators-see-me'

/** Sends a path as it is, which neither browser nor URL would. */
function ask(url: string, path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers: { host: `localhost:${port}`, ...headers }, agent: false })
    asked.on('error', reject)
    asked.on('response', async (answer: IncomingMessage) =>
      resolve({ status: answer.statusCode ?? 0, body: await text(answer) }),
    )
    asked.end()
  })
}

/** Ways to write a path that some program along the way may read as that path. */
function disguises(path: string): string[] {
  const [first = '', ...rest] = path.slice(1).split('/')
  const tail = rest.map((part) => `/${part}`).join('')
  const encoded = (word: string) => [...word].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
  const ways = [
    ...[`/${encoded(first)}${tail}`, `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`],
    ...[`/%25${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`, `/${first.toUpperCase()}${tail}`],
    ...[path.toUpperCase(), `/${first[0]?.toUpperCase()}${first.slice(1)}${tail}`],
    ...[`/${path}`, `//${path}`, `//localhost${path}`, path.replaceAll('/', '//'), `${path}/`, `${path}//`],
    ...[`${path}/.`, `${path}/./`, `${path}/..${path}`, `/.${path}`, `/x/..${path}`, `/..${path}`],
    ...[`/%2e${path}`, `/%2e%2e${path}`, `/x/%2e%2e${path}`, `/x/.%2E${path}`, `/x/%252e%252e${path}`],
    ...[`${path}/%2e`, `${path}%2f`, `${path}%2F.`, `${path}%5c`, `${path}%00`, `${path}%20`, `${path}%09`],
    ...[`${path};a=b`, `/;${path}`, `${path}%3f`, `${path}%23`, `${path}%3b`, `${path}.`, `${path}/~`],
    ...[`\\${path.slice(1)}`, `/\\${path.slice(1)}`, path.replaceAll('/', '\\'), `/x\\..${path}`, `${path}\\.`],
    ...[path.replaceAll('/', '%2f').replace('%2f', '/'), path.replaceAll('/', '%5c').replace('%5c', '/')],
    ...['/sign-in', '/_next/static', '/icon.svg', '/api/v1/health', '/wall'].flatMap((open) => [
      ...[`${open}/..${path}`, `${open}/%2e%2e${path}`, `${open}/../..${path}`, `${open}%2f..${path}`],
      ...[`${open}\\..${path}`, `${open}%5c..${path}`, `${open}/..%2f${path.slice(1)}`, `${open};${path}`],
    ]),
    ...[`${path}.rsc`, `${path}.json`, `${path}.txt`, `/_next/data/x${path}.json`, `/_next/image?url=${path}`],
    ...[`${path}/index`, `/index${path}`, `/en${path}`, `/(frame)${path}`, `/%28frame%29${path}`, `${path}/page`],
    ...[`http://localhost${path}`, `http://evil.example${path}`, `?${path}`, `*`, `${path}?_rsc=1`],
  ]
  return [...new Set(ways)].filter((way) => way !== path)
}

/** What Next sends itself, so that a server that trusts it could be led elsewhere. */
const ofNext = (path: string): Record<string, string>[] => [
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { 'x-nextjs-data': '1' },
  { 'x-matched-path': path },
  { 'x-invoke-path': path },
  { 'x-invoke-output': path },
  { 'x-now-route-matches': `1=${path}` },
  { 'x-middleware-rewrite': path },
  { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  { 'x-rewrite-url': path },
  { 'x-original-url': path },
  { 'x-http-method-override': 'GET' },
  { 'next-url': path },
]

test('no way to write a path, and no header, gets around what its page or route needs', async ({ server, fleet }) => {
  const [host = ''] = fleet.map(({ dest }) => dest)
  const admin = await signedIn(server, secret, 'admin')
  const viewer = await signedIn(server, 'vera', 'viewer')
  const administered = ['/admin/users', '/admin/audit', '/api/v1/users', '/api/v1/audit-log']
  const read = ['/hosts', '/api/v1/hosts', '/api/v1/events', `/hosts/${host}`]
  // What is looked for below is there for who may see it.
  for (const path of administered) expect((await ask(server.url, path, { cookie: admin })).body, path).toContain(secret)
  for (const path of read) expect((await ask(server.url, path, { cookie: viewer })).body, path).toContain(host)

  const expectNothing = async (path: string, headers: Record<string, string>) => {
    const { status, body } = await ask(server.url, path, headers)
    const what = `${path} ${JSON.stringify(headers)}: ${status}`
    expect(body.includes(secret), what).toBe(false)
    return { status, body, what }
  }
  for (const target of [...administered, ...read, '/admin', '/account']) {
    for (const path of [target, ...disguises(target)]) {
      const { status, body, what } = await expectNothing(path, {})
      expect([200, 204, 206, 500, 502], what).not.toContain(status)
      expect(body.replaceAll(/href="[^"]*"/g, '').includes(`"${host}"`), what).toBe(false)
    }
    for (const headers of ofNext(target))
      for (const path of [target, '/sign-in', '/_next/static/nothing.js', '/api/v1/health']) {
        const { status, body, what } = await expectNothing(path, headers)
        if (path === target) expect([401, 303], what).toContain(status)
        expect(body.includes(`"${host}"`), what).toBe(false)
      }
  }
  for (const target of [...administered, '/admin']) {
    for (const path of [target, ...disguises(target)]) {
      const { status, what } = await expectNothing(path, { cookie: viewer })
      expect([500, 502], what).not.toContain(status)
    }
    for (const headers of ofNext(target))
      for (const path of [target, '/hosts', '/not-allowed']) await expectNothing(path, { cookie: viewer, ...headers })
  }
})

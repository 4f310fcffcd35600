import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { ask } from './fixtures/raw.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'security' })

test('a page goes out with a nonce policy, in no frame, without sniffing or referrer', async ({ server }) => {
  const first = await ask(`${server.url}/stacking`)
  expect(first.status).toBe(200)
  expect(first.headers['x-content-type-options']).toBe('nosniff')
  expect(first.headers['referrer-policy']).toBe('no-referrer')
  const policy = String(first.headers['content-security-policy'])
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("object-src 'none'")
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
  expect(scripts).not.toContain('unsafe')
  const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1]
  expect(nonce).toBeTruthy()
  for (const [tag] of first.body.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
  const second = await ask(`${server.url}/stacking`)
  expect(second.headers['content-security-policy']).not.toBe(policy)
})

test('every answer says nosniff and no-referrer, errors and files too', async ({ server }) => {
  const files = ['/icon.svg', '/icon-maskable.svg', '/manifest.webmanifest', '/sample-defender.xml']
  for (const path of ['/api/v1/health', '/api/v1/stacking?format=csv', '/api/v1/nothing', '/nowhere', ...files]) {
    const { headers } = await ask(server.url + path)
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['referrer-policy'], path).toBe('no-referrer')
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
  }
})

test('a page runs under its policy: the browser blocks nothing and asks no other server', async ({ page, server }) => {
  const complaints: string[] = []
  const strangers: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && origin !== server.url) strangers.push(request.url())
  })
  for (const path of ['/', '/stacking', '/hosts', '/risk', '/uploads', '/wall']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  expect(complaints).toEqual([])
  expect(strangers).toEqual([])
})

test('another Host is refused, so that no web page can reach the server under a name of its own', async ({
  server,
}) => {
  const port = new URL(server.url).port
  for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '0.0.0.0']) {
    const { status, body } = await ask(`${server.url}/api/v1/health`, { headers: { Host: host } })
    expect(status, host).toBe(421)
    expect(JSON.parse(body).error.code).toBe('wrong-host')
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    expect((await ask(`${server.url}/api/v1/health`, { headers: { Host: host } })).status, host).toBe(200)
  }
})

test('a write from another site is refused and changes nothing', async ({ server }) => {
  const before = await server.get('/api/v1/uploads')
  const [{ id }] = (before as { rows: [{ id: string }] }).rows
  const fromElsewhere: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1:1' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ]
  for (const headers of fromElsewhere) {
    const writes = [
      ask(`${server.url}/api/v1/uploads?name=x.xml`, { method: 'POST', headers, body: '<Event/>' }),
      ask(`${server.url}/api/v1/sample`, { method: 'POST', headers }),
      ask(`${server.url}/api/v1/uploads/${id}`, { method: 'DELETE', headers }),
    ]
    for (const { status, body } of await Promise.all(writes)) {
      expect(status, JSON.stringify(headers)).toBe(403)
      expect(JSON.parse(body).error.code).toBe('cross-site')
    }
  }
  expect(await server.get('/api/v1/uploads')).toEqual(before)
})

test('no answer tells a browser that another site may read it', async ({ server }) => {
  const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
  for (const path of ['/', '/api/v1/events', '/api/v1/uploads', '/api/v1/resumable']) {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await ask(server.url + path, { method, headers })
      expect(answer.headers['access-control-allow-origin'], `${method} ${path}`).toBeUndefined()
    }
  }
})

test('a read from another site is refused, unless it is a link that is followed; programs may read', async ({
  server,
}) => {
  const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
  const fromElsewhere: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' },
    { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
    { ...link, 'Sec-Fetch-Dest': 'iframe' },
    { ...link, 'Sec-Purpose': 'prefetch' },
    { Origin: 'https://evil.example' },
    { Referer: 'https://evil.example/' },
  ]
  for (const path of [
    '/',
    '/stacking',
    '/api/v1/events?format=csv',
    '/api/v1/health',
    '/api/v1/wall/stream',
    '/icon.svg',
    '/manifest.webmanifest',
    '/sample-defender.xml',
  ]) {
    for (const headers of fromElsewhere) {
      const { status, body } = await ask(server.url + path, { headers })
      expect(status, `${path} ${JSON.stringify(headers)}`).toBe(403)
      expect(JSON.parse(body).error.code).toBe('cross-site')
    }
    if (!path.endsWith('stream')) expect((await ask(server.url + path)).status, path).toBe(200)
  }
  expect((await ask(`${server.url}/stacking?q=a`, { headers: link })).status).toBe(200)
  expect((await ask(`${server.url}/api/v1/health`, { headers: link })).status).toBe(403)
  expect((await ask(`${server.url}/api/v1/health`, { headers: { ...link, 'Sec-Fetch-User': '?1' } })).status).toBe(200)
})

for (const host of ['localhost', '127.0.0.1']) {
  test(`a page of another site, on ${host}, makes the browser read nothing; its links can be followed`, async ({
    page,
    server,
  }) => {
    const evil = createServer(({ url }, response) => {
      const body = url === '/scripted' ? evilExport(server.url) : evilPage(server.url)
      response.setHeader('Content-Type', 'text/html').end(body)
    }).listen(0, '127.0.0.1')
    try {
      await once(evil, 'listening')
      const { port } = evil.address() as AddressInfo
      const statuses = await answersOf(page)
      const url = `http://${host}:${port}/`
      await page.goto(url)
      await expect.poll(statuses).toEqual(Object.fromEntries(evilReads.map((what) => [what, 403])))

      await page.getByRole('link', { name: 'A page' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'ASR Rules Stacking' })).toBeVisible()
      await page.goto(url)
      await page.getByRole('link', { name: 'The API' }).click()
      await expect(page.locator('body')).toContainText('"ok":true')
      const exported = page.waitForResponse((answer) => answer.url().includes('q=scripted'))
      await page.goto(`${url}scripted`)
      expect((await exported).status()).toBe(403)
    } finally {
      evil.closeAllConnections()
      evil.close()
    }
  })
}

/** The status of each answer by the `q` of its address, also of those that the browser keeps from the page. */
async function answersOf(page: Page): Promise<() => Record<string, number>> {
  const asked = new Map<string, string>()
  const told = new Map<string, number>()
  const framed: [string, number][] = []
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url))
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => told.set(requestId, statusCode))
  page.on('response', (answer) => framed.push([answer.url(), answer.status()]))
  return () => {
    const all = [...framed, ...[...told].map(([id, status]) => [asked.get(id) ?? '', status] as [string, number])]
    const named = all.map(([url, status]) => [URL.parse(url)?.searchParams.get('q') ?? '', status] as const)
    return Object.fromEntries(named.filter(([q]) => q !== ''))
  }
}

const evilReads = ['embed', 'fetch', 'frame', 'image', 'link', 'script', 'stream', 'style']

const evilPage = (url: string): string => `<!doctype html><title>Evil</title>
  <a href="${url}/stacking">A page</a> <a href="${url}/api/v1/health">The API</a>
  <img src="${url}/api/v1/events?q=image"><script src="${url}/api/v1/events?q=script"></script>
  <link rel="stylesheet" href="${url}/stacking?q=style"><link rel="prefetch" href="${url}/stacking?q=link">
  <iframe src="${url}/stacking?q=frame"></iframe><embed src="${url}/stacking?q=embed">
  <script>fetch('${url}/api/v1/events?q=fetch', { mode: 'no-cors' }); new EventSource('${url}/api/v1/wall/stream?q=stream')</script>`

const evilExport = (url: string): string => `<!doctype html><title>Evil</title>
  <script>location = '${url}/api/v1/events?format=csv&q=scripted'</script>`

test('an address that no page, route or file has leads back into the program, and is asked of no page', async ({
  page,
  server,
}) => {
  const failures: string[] = []
  page.on('pageerror', ({ message }) => failures.push(message))
  await page.goto('/nowhere/at/all?tz=Europe%2FBerlin')
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Hosts' }).click()
  await expect(page).toHaveURL(/\/hosts\?tz=Europe%2FBerlin$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible()
  expect(failures).toEqual([])
  for (const path of ['/%73tacking', '/_not-found', '/_next/data/stacking.json', '/api', '//api/v1/events'])
    expect((await ask(server.url + path)).status, path).toBe(404)
  const { status, headers } = await ask(`${server.url}/api/v1/uploads/compare`, { method: 'DELETE' })
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
})

test('a method that pages do not take is answered with 405, and a target that is no path with 400', async ({
  server,
}) => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    for (const path of ['/', '/stacking', '/wall', '/uploads']) {
      const { status, headers } = await ask(server.url + path, { method })
      expect(status, `${method} ${path}`).toBe(405)
      expect(headers.allow).toBe('GET, HEAD')
    }
  }
  const { hostname, port } = new URL(server.url)
  for (const line of ['GET *', 'OPTIONS *', 'GET http://127.0.0.1/api/v1/health', 'TRACE /api/v1/health']) {
    const socket = connect(Number(port), hostname)
    socket.end(`${line} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`)
    expect(await text(socket), line).toMatch(/^HTTP\/1\.1 40[05] /)
  }
})

test('no answer of the API is kept by a browser or a proxy', async ({ server }) => {
  const paths = [
    'health',
    'stacking',
    'events?format=csv',
    'events?format=ndjson',
    'nothing',
    'uploads',
    'openapi.json',
    'wall',
  ]
  const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '9' }
  const answers = [
    ...paths.map((path) => ask(`${server.url}/api/v1/${path}`)),
    ask(`${server.url}/api/v1/stacking?page=0`),
    ask(`${server.url}/api/v1/health`, { method: 'POST' }),
    ask(`${server.url}/api/v1/health`, { headers: { Host: 'evil.example' } }),
    ask(`${server.url}/api/v1/resumable`, { method: 'POST', headers }),
    ask(`${server.url}/api/v1/resumable/x`, { method: 'HEAD', headers }),
  ]
  for (const answer of await Promise.all(answers)) expect(answer.headers['cache-control']).toBe('no-store')
})

test('an address that makes no sense is answered and does not end the server', async ({ server }) => {
  const unreadable = ['/%', '/%E0%A4%A', '/hosts/%E0%A4%A', '/rules/%', '/api/v1/risk/%E0%A4%A', '/api/v1/uploads/%']
  for (const path of unreadable) expect((await ask(server.url + path)).status, path).toBe(400)
  const strange = ['//', '/hosts/%00', '/hosts/%25', '/rules/%25', '/events/%2e%2e', '/?tz=%F0', '/_next/x']
  for (const path of [...strange, '/api/v1/events/x', '/api/v1/risk/%25', '/api/v1/risk/%2525', '/api/v1/risk/a%2Fb']) {
    expect((await ask(server.url + path)).status, path).toBeLessThan(500)
  }
  expect((await ask(`${server.url}/api/v1/health`)).status).toBe(200)
})

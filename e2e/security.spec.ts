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
  for (const path of ['/api/v1/health', '/api/v1/stacking?format=csv', '/api/v1/nothing', '/nowhere', '/icon.svg']) {
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

test('a page of another site cannot read an answer', async ({ page, server }) => {
  await page.route('http://evil.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Evil</h1>' }),
  )
  await page.goto('http://evil.example/')
  const read = await page.evaluate(
    (url) =>
      fetch(url).then(
        (answer) => answer.text(),
        () => 'refused by the browser',
      ),
    `${server.url}/api/v1/events`,
  )
  expect(read).toBe('refused by the browser')
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

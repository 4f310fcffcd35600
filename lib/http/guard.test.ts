import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asking, commonHeaders, contentSecurityPolicy, isLoopback, refusal } from './guard.ts'

const asking = (change: Partial<Asking>): Asking => ({
  method: 'GET',
  host: '127.0.0.1:3000',
  origin: undefined,
  fetchSite: undefined,
  ...change,
})
const refused = (change: Partial<Asking>, isOpen = false): string => refusal(asking(change), isOpen)?.code ?? 'passes'

test('only an address that this machine alone can reach is a loopback', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) assert.ok(isLoopback(host), host)
  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.2',
    'localhost.example',
    '127.0.0.1.example',
    '127.0.0',
    '',
    'example',
  ])
    assert.ok(!isLoopback(host), host)
})

test('a request to another name than this machine is refused: DNS may have been bent', () => {
  for (const host of ['localhost:3000', 'LOCALHOST', '127.0.0.1', '127.0.0.2:80', '[::1]:3000', '[::1]']) {
    assert.equal(refused({ host }), 'passes', host)
  }
  for (const host of [
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.nip.io:3000',
    '192.168.1.2:3000',
    '[::2]:3000',
  ]) {
    assert.equal(refused({ host }), 'wrong-host', host)
    assert.equal(refused({ host }, true), 'passes', `${host} where ALLOW_OPEN says so`)
  }
  assert.equal(refused({ host: undefined }), 'no-host')
  assert.equal(refused({ host: '' }), 'no-host')
})

test("a write passes from this server's own pages and from programs, not from another site's page", () => {
  for (const method of ['POST', 'DELETE', 'PUT', 'PATCH']) {
    assert.equal(refused({ method }), 'passes')
    assert.equal(refused({ method, origin: 'http://127.0.0.1:3000', fetchSite: 'same-origin' }), 'passes')
    assert.equal(refused({ method, fetchSite: 'none' }), 'passes')
    const strangers = [
      'https://evil.example',
      'null',
      'http://127.0.0.1:4000',
      'http://localhost:3000',
      'http://127.0.0.1',
      '',
    ]
    for (const origin of strangers) assert.equal(refused({ method, origin }), 'cross-site', origin)
    for (const fetchSite of ['cross-site', 'same-site']) assert.equal(refused({ method, fetchSite }), 'cross-site')
    assert.equal(refused({ method, origin: 'https://evil.example' }, true), 'cross-site')
  }
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    assert.equal(refused({ method, origin: 'https://evil.example' }), 'passes')
})

test('pages may run only their own scripts and stand in no frame', () => {
  const policy = contentSecurityPolicy('abc', false)
  assert.match(policy, /script-src 'self' 'nonce-abc'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.match(policy, /object-src 'none'/)
  assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/)
  assert.equal(commonHeaders['X-Content-Type-Options'], 'nosniff')
  assert.equal(commonHeaders['Referrer-Policy'], 'no-referrer')
})

import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import { allowedHosts, allowedSites } from './allowed-hosts.ts'
import { contentSecurityPolicy, headersFor, isLoopback, refusal } from './guard.ts'

const own = '127.0.0.1:3000'
type Asked = {
  method?: string
  url?: string
  headers?: IncomingHttpHeaders
  hosts?: string
  isLocal?: boolean
  isSecure?: boolean
}

const refusalOf = ({ method = 'GET', url = '/stacking', headers = {}, hosts = '', ...by }: Asked) =>
  refusal(
    { method, url, headers: { host: own, ...headers } },
    { allowedHosts: allowedHosts(false, hosts), isLocal: false, isSecure: false, ...by },
  )

const refused = (asked: Asked): string => refusalOf(asked)?.code ?? 'passes'

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

test('a request to another name than this machine is refused, unless ALLOWED_HOSTS names it', () => {
  const hosts = 'hunt.example, 192.168.1.2,fd00::1'
  for (const host of ['localhost:3000', 'LOCALHOST', '127.0.0.1', '127.0.0.2:80', '[::1]:3000', '[::1]']) {
    assert.equal(refused({ headers: { host } }), 'passes', host)
    assert.equal(refused({ headers: { host }, hosts }), 'passes', host)
  }
  for (const host of ['hunt.example', 'HUNT.example:3000', '192.168.1.2:3000', '[fd00::1]:3000']) {
    assert.equal(refused({ headers: { host } }), 'wrong-host', host)
    assert.equal(refused({ headers: { host }, hosts }), 'passes', host)
  }
  for (const host of [
    'evil.example:3000',
    'a.hunt.example',
    'hunt.example.evil.example',
    'hunt.example.',
    'localhost.evil.example',
    '127.0.0.1.nip.io:3000',
    '192.168.1.3',
    '[fd00::2]:3000',
  ]) {
    assert.equal(refused({ headers: { host }, hosts }), 'wrong-host', host)
    assert.equal(refused({ headers: { host }, isLocal: true }), 'passes', `${host} over the local socket`)
  }
  assert.equal(refused({ headers: { host: undefined } }), 'no-host')
  assert.equal(refused({ headers: { host: '' } }), 'no-host')
})

test('ALLOWED_HOSTS takes exact names only, and ALLOW_OPEN needs it', () => {
  assert.deepEqual(
    [...allowedHosts(true, 'A.example, b_c.local ,10.0.0.5,[FD00:0::1],münchen.example,')],
    ['a.example', 'b_c.local', '10.0.0.5', '[fd00::1]', 'xn--mnchen-3ya.example'],
  )
  const ports = 'A.example:8443,[FD00:0::1]:3000,fd00::1:3000,localhost:80,b.example'
  assert.deepEqual(
    [...allowedHosts(true, ports)],
    ['a.example', '[fd00::1]', '[fd00::1:3000]', 'localhost', 'b.example'],
  )
  assert.deepEqual([...allowedSites(ports)], ['a.example:8443', '[fd00::1]:3000', 'localhost:80'])
  assert.equal(allowedHosts(false, '').size, 0)
  for (const setting of ['', ' ', ',']) assert.throws(() => allowedHosts(true, setting), /ALLOWED_HOSTS is not set/)
  for (const setting of [
    '*',
    '*.example',
    'a.example:0',
    'a.example:65536',
    'a.example:*',
    'a.example:',
    ':3000',
    'http://a.example',
    'a.example/x',
    'a b',
    'u@a',
    '[x]',
    '%61',
  ]) {
    assert.throws(
      () => allowedHosts(false, `ok.example,${setting}`),
      (error: Error) => {
        assert.match(error.message, /ALLOWED_HOSTS contains .* not a host name/)
        assert.ok(error.message.includes(JSON.stringify(setting)), error.message)
        return true
      },
    )
  }
  assert.throws(
    () => allowedHosts(false, '\u001b[2J'),
    (error: Error) => !error.message.includes('\u001b'),
  )
})

test("a write passes from this server's own pages and from programs, not from another site's page", () => {
  const url = '/api/v1/uploads'
  for (const method of ['POST', 'DELETE', 'PUT', 'PATCH']) {
    const write = (headers: IncomingHttpHeaders = {}) => refused({ method, url, headers })
    assert.equal(write(), 'passes')
    assert.equal(write({ origin: `http://${own}`, 'sec-fetch-site': 'same-origin' }), 'passes')
    assert.equal(write({ 'sec-fetch-site': 'none' }), 'passes')
    assert.equal(write({ referer: `http://${own}/uploads` }), 'passes')
    const strangers = [
      'https://evil.example',
      'null',
      'http://127.0.0.1:4000',
      'http://localhost:3000',
      'http://127.0.0.1',
      '',
    ]
    for (const origin of strangers) assert.equal(write({ origin }), 'cross-site', origin)
    for (const site of ['cross-site', 'same-site', 'x']) assert.equal(write({ 'sec-fetch-site': site }), 'cross-site')
    assert.equal(write({ referer: 'https://evil.example/' }), 'cross-site')
    assert.equal(write({ ...navigation('cross-site'), 'sec-fetch-user': '?1' }), 'cross-site')
  }
})

test('a page over http is another site than one over https, and the answer says what a proxy has to send', () => {
  const url = '/api/v1/uploads'
  const write = (headers: IncomingHttpHeaders, isSecure: boolean) => refused({ method: 'POST', url, headers, isSecure })
  for (const host of [own, 'localhost', 'LOCALHOST:443', '[::1]:8443']) {
    const [plain, secure] = ['http', 'https'].map((scheme) => new URL(`${scheme}://${host}`).origin)
    for (const [name, end] of [
      ['origin', ''],
      ['referer', '/uploads'],
    ] as const) {
      assert.equal(write({ host, [name]: `${plain}${end}` }, false), 'passes', host)
      assert.equal(write({ host, [name]: `${secure}${end}` }, true), 'passes', host)
      assert.equal(write({ host, [name]: `${secure}${end}` }, false), 'cross-site', host)
      assert.equal(write({ host, [name]: `${plain}${end}` }, true), 'cross-site', host)
    }
  }
  assert.equal(write({ host: 'localhost:99999', origin: 'null' }, false), 'cross-site')
  const messageOf = (origin: string) => refusalOf({ method: 'POST', url, headers: { origin } })?.message ?? ''
  assert.match(messageOf(`https://${own}`), /TRUSTED_PROXIES and X-Forwarded-Proto/)
  assert.doesNotMatch(messageOf('https://evil.example'), /TRUSTED_PROXIES/)
})

const navigation = (site: string): IncomingHttpHeaders => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'upgrade-insecure-requests': '1',
})

test('of what a page of another site can make a browser read, only a navigation passes', () => {
  const dests = [
    'empty',
    'image',
    'script',
    'style',
    'iframe',
    'frame',
    'embed',
    'object',
    'audio',
    'font',
    'worker',
    'report',
  ]
  const sites = ['cross-site', 'same-site', 'same-origin, cross-site', 'x', '']
  for (const method of ['GET', 'HEAD']) {
    for (const url of [
      '/',
      '/stacking',
      '/wall',
      '/icon.svg',
      '/api/v1/events',
      '/api/v1/wall/stream',
      '/%61pi/v1/events',
    ]) {
      const read = (headers: IncomingHttpHeaders = {}) => refused({ method, url, headers })
      const isPage = !/^\/(api|%61pi)/.test(url)
      assert.equal(read(), 'passes', 'a program')
      for (const site of ['same-origin', 'none']) {
        for (const mode of ['navigate', 'cors', 'no-cors', 'same-origin'])
          assert.equal(read({ 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': 'empty' }), 'passes')
      }
      for (const site of sites) {
        for (const mode of ['cors', 'no-cors', 'same-origin', 'websocket', undefined]) {
          for (const dest of [...dests, 'document', undefined]) {
            const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
            assert.equal(read(headers), 'cross-site', JSON.stringify(headers))
          }
        }
        for (const dest of dests)
          assert.equal(
            read({ ...navigation(site), 'sec-fetch-dest': dest, 'sec-fetch-user': '?1' }),
            'cross-site',
            dest,
          )
        assert.equal(read(navigation(site)), isPage ? 'passes' : 'cross-site', `${site} to ${url} by a script`)
        const clicked = { ...navigation(site), 'sec-fetch-user': '?1', referer: 'https://wiki.example/' }
        assert.equal(read(clicked), 'passes', `${site} to ${url} by a click`)
        for (const name of ['sec-purpose', 'purpose', 'x-moz', 'x-purpose'])
          assert.equal(read({ ...clicked, [name]: 'prefetch;prerender' }), 'cross-site', name)
      }
    }
  }
})

test('without Fetch Metadata a foreign Origin or Referer is refused, but a link to a page can be followed', () => {
  const link = { 'upgrade-insecure-requests': '1' }
  const foreign = [
    'https://evil.example/x',
    'http://127.0.0.1:4000/',
    'http://localhost:3000/',
    'null',
    'about:blank',
    '',
  ]
  for (const url of ['/stacking', '/api/v1/events']) {
    const read = (headers: IncomingHttpHeaders) => refused({ url, headers })
    assert.equal(read({ origin: `http://${own}` }), 'passes')
    assert.equal(read({ referer: `http://${own}/stacking?q=a` }), 'passes')
    for (const address of foreign) {
      assert.equal(read({ origin: address }), 'cross-site', address)
      assert.equal(read({ origin: address, ...link }), 'cross-site', address)
      assert.equal(read({ referer: address }), 'cross-site', address)
      assert.equal(read({ referer: address, ...link }), url === '/stacking' ? 'passes' : 'cross-site', address)
    }
  }
  assert.equal(
    refused({ method: 'OPTIONS', url: '/api/v1/uploads', headers: { origin: 'https://evil.example' } }),
    'cross-site',
  )
  assert.equal(refused({ method: 'OPTIONS', url: '/api/v1/uploads', headers: navigation('cross-site') }), 'cross-site')
  assert.equal(refused({ method: 'OPTIONS', url: '/api/v1/uploads' }), 'passes')
})

test('what is not a path is refused', () => {
  for (const isLocal of [false, true]) {
    for (const url of ['*', '', 'http://127.0.0.1:3000/', 'x', '/%', '/hosts/%E0%A4%A']) {
      for (const method of ['GET', 'OPTIONS', 'POST'])
        assert.equal(refused({ method, url, isLocal }), 'bad-address', url)
    }
  }
})

test('pages may run only their own scripts and are in no frame', () => {
  const policy = contentSecurityPolicy('abc', false)
  assert.match(policy, /script-src 'self' 'nonce-abc'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.match(policy, /object-src 'none'/)
  assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/)
})

test('every answer is sent without sniffing and referrer; those of the API are never kept', () => {
  const ofApi = ['/api/v1/events?format=csv', '/api/v1/nothing', '/api', '/%61pi/v1/events', '//api/x']
  for (const url of [...ofApi, '/', '/stacking?x=/api/', '*', '/%']) {
    const headers = headersFor(url)
    assert.equal(headers['X-Content-Type-Options'], 'nosniff')
    assert.equal(headers['Referrer-Policy'], 'no-referrer')
    assert.equal(headers['Cache-Control'], ofApi.includes(url) ? 'no-store' : undefined, url)
  }
})

test('a path that names another address is refused, so that each address is counted as what it is', () => {
  const paths = [
    '/_next/../api/v1/events',
    '/_next/%2e%2e/api/v1/events',
    '/wall/.%2E/events',
    '/wall\\..\\events',
    '/a/.',
    '/..',
  ]
  for (const url of paths) {
    assert.equal(refused({ url }), 'bad-address', url)
    assert.equal(refused({ url: `${url}?q=a`, isLocal: true }), 'bad-address', url)
  }
  for (const url of ['/hosts/pc..example', '/hosts/.hidden', '/hosts/a%5C..%5Cb', '/stacking?q=../..', '/icon.svg'])
    assert.equal(refused({ url }), 'passes', url)
})

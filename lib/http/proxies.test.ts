import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type TestContext, test } from 'node:test'
import { originOf, type ProxyRules } from './proxies.ts'
import { authProxyHeader, trustedProxies } from './proxy-settings.ts'

const rulesOf = (trusted: string, userHeader: string | null = null, isRequired = false): ProxyRules => ({
  trusted: trustedProxies(trusted),
  userHeader,
  isRequired,
})

type Sent = { headers?: Record<string, string | string[]>; from?: string; isLocal?: boolean }

/** A real server that answers with the origin of each request, and with the headers that are left. */
async function serve(t: TestContext, rules: ProxyRules) {
  const server = createServer((asked, response) => {
    const isLocal = asked.url === '/local'
    const first = originOf(asked, isLocal, rules)
    assert.equal(originOf(asked, isLocal, rules), first)
    response.end(JSON.stringify({ ...first, left: asked.headers, raw: asked.rawHeaders }))
  })
  server.listen(0, '::')
  await once(server, 'listening')
  t.after(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  /** Asks from an address of this machine: every one of 127.0.0.0/8 is. */
  const ask = async ({ headers = {}, from = '127.0.0.1', isLocal = false }: Sent) => {
    const host = from.includes(':') ? '::1' : '127.0.0.1'
    const asked = request({ host, port, localAddress: from, path: isLocal ? '/local' : '/', headers, agent: false })
    const [answer] = (await once(asked.end(), 'response')) as [IncomingMessage]
    return JSON.parse((await answer.toArray()).join(''))
  }
  return { ask, port }
}

const claims = {
  Forwarded: 'for=10.9.9.9;proto=https',
  'X-Forwarded-For': '10.9.9.9',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Port': '443',
  'X-Real-IP': '10.9.9.9',
  'X-Auth-User': 'jane',
  'x-AUTH-user': 'jane',
}
const spelled = ['forwarded', 'x-forwarded', 'x-real-ip', 'x-auth-user', 'jane', 'evil', '10.9.9.9']

test('from an address that is not trusted, headers say nothing of who, where and how a client is, and go no further', async (t) => {
  for (const trusted of ['', '127.0.0.2', '10.0.0.0/8,fd00::/8']) {
    const { ask, port } = await serve(t, rulesOf(trusted, 'x-auth-user'))
    for (const from of ['127.0.0.1', '127.0.0.3', '::1']) {
      const { left, raw, ...origin } = await ask({ headers: claims, from })
      assert.deepEqual(origin, {
        ...{ client: from, isSecure: false, ownPort: port, proxyUser: null },
        ...{ viaUnknown: 'forwarded', refused: null },
      })
      const text = JSON.stringify([left, raw]).toLowerCase()
      for (const word of spelled) assert.ok(!text.includes(word), `${word} from ${from}: ${text}`)
      assert.ok(text.includes('host'), text)
    }
  }
})

test('the local socket is this machine, whatever the headers say', async (t) => {
  const { ask } = await serve(t, rulesOf('127.0.0.0/8', 'x-auth-user', true))
  const { left, raw, ...origin } = await ask({ headers: claims, isLocal: true })
  assert.deepEqual(origin, {
    ...{ client: 'local', isSecure: false, ownPort: null, proxyUser: null },
    ...{ viaUnknown: null, refused: null },
  })
  assert.ok(!/jane|forwarded/i.test(JSON.stringify([left, raw])))
})

test('of X-Forwarded-For the last address that is not a trusted proxy counts, never one that the client may have written', async (t) => {
  const { ask } = await serve(t, rulesOf('127.0.0.2, 10.0.0.0/8 ,fd00::5'))
  const clientBy = async (header: string | string[] | undefined) =>
    (await ask({ from: '127.0.0.2', headers: header === undefined ? {} : { 'X-Forwarded-For': header } })).client
  assert.equal(await clientBy(undefined), '127.0.0.2')
  for (const [header, client] of [
    ['203.0.113.7', '203.0.113.7'],
    ['1.1.1.1, 203.0.113.7', '203.0.113.7'],
    ['1.1.1.1, 203.0.113.7, 10.0.0.9', '203.0.113.7'],
    ['1.1.1.1,203.0.113.7,10.0.0.9 , fd00::5', '203.0.113.7'],
    ['127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['1.1.1.1, ::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:10.0.0.9', '10.0.0.9'],
    // All are proxies: the one that was asked first.
    ['10.0.0.1, 10.0.0.2', '10.0.0.1'],
    // Not addresses: the proxy that wrote them is what is known.
    ['unknown', '127.0.0.2'],
    ['1.1.1.1, unknown', '127.0.0.2'],
    ['1.1.1.1, , 10.0.0.9', '10.0.0.9'],
    ['1.1.1.1, 203.0.113.7:4711', '127.0.0.2'],
    ['', '127.0.0.2'],
  ] as const)
    assert.equal(await clientBy(header), client, header)
  assert.equal(await clientBy(['1.1.1.1', '203.0.113.7']), '203.0.113.7')
})

test('a trusted proxy says whether the browser used https and, in its own header, who the user is', async (t) => {
  const { ask, port } = await serve(t, rulesOf('127.0.0.2', 'x-auth-user'))
  const by = async (headers: Record<string, string>) => {
    const { isSecure, proxyUser, viaUnknown, left } = await ask({ from: '127.0.0.2', headers })
    assert.equal(viaUnknown, null)
    assert.ok(!/forwarded|auth/.test(Object.keys(left).join()), 'also those of a proxy go no further')
    return [isSecure, proxyUser]
  }
  assert.deepEqual(await by({}), [false, null])
  assert.deepEqual(await by({ 'X-Forwarded-Proto': 'https', 'X-Auth-User': 'jane' }), [true, 'jane'])
  assert.deepEqual(await by({ 'X-Forwarded-Proto': 'http', 'X-Auth-User': '' }), [false, null])
  assert.deepEqual(await by({ 'X-Forwarded-Proto': 'https, http' }), [false, null])
  assert.deepEqual(await by({ 'X-Auth-User': Buffer.from('Jürgen').toString('latin1') }), [false, 'Jürgen'])
  // A header that the client sent and the proxy added to, instead of replacing it.
  const socket = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' })
  socket.end('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Auth-User: admin\r\nX-Auth-User: jane\r\n\r\n')
  const text = (await socket.toArray()).join('')
  assert.match(text, /"proxyUser":null/)
})

test('if proxies are the only way in, others are refused, but not this machine', async (t) => {
  const { ask } = await serve(t, rulesOf('127.0.0.2', null, true))
  assert.equal((await ask({ from: '127.0.0.2', headers: { 'X-Forwarded-For': '203.0.113.7' } })).refused, null)
  assert.equal((await ask({ from: '127.0.0.1' })).refused, null)
  const { address } = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal) ?? { address: null }
  if (address === null) return t.skip('This machine has no address but loopback.')
  const other = request({ host: address, port: (await serve(t, rulesOf('127.0.0.2', null, true))).port, agent: false })
  const [answer] = (await once(other.end(), 'response')) as [IncomingMessage]
  assert.equal(JSON.parse((await answer.toArray()).join('')).refused.status, 403)
})

test('TRUSTED_PROXIES takes addresses and networks; all else is an error that names it', () => {
  assert.equal(trustedProxies(''), null)
  assert.equal(trustedProxies(' , '), null)
  const list = trustedProxies('10.0.0.0/8, 192.0.2.1 ,fd00::/8')
  for (const [address, family, isIn] of [
    ['10.255.0.1', 'ipv4', true],
    ['11.0.0.1', 'ipv4', false],
    ['192.0.2.1', 'ipv4', true],
    ['192.0.2.2', 'ipv4', false],
    ['fd12::1', 'ipv6', true],
    ['fe80::1', 'ipv6', false],
    ['::ffff:10.0.0.1', 'ipv6', true],
  ] as const)
    assert.equal(list?.check(address, family), isIn, address)
  for (const wrong of [
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '*',
    'fd00::/129',
    '10.0.0.1:80',
  ])
    assert.throws(
      () => trustedProxies(`10.0.0.1,${wrong}`),
      (error: Error) => error.message.includes(`TRUSTED_PROXIES contains ${JSON.stringify(wrong)}`),
      wrong,
    )
  assert.throws(
    () => trustedProxies('\u001b[2J'),
    (error: Error) => !error.message.includes('\u001b'),
  )
})

test('AUTH_PROXY_HEADER takes a header of its own, and only with TRUSTED_PROXIES', () => {
  const trusted = trustedProxies('127.0.0.1')
  assert.equal(authProxyHeader('', null), null)
  assert.equal(authProxyHeader('X-Auth-User', trusted), 'x-auth-user')
  assert.throws(() => authProxyHeader('X-Auth-User', null), /TRUSTED_PROXIES is not set/)
  for (const wrong of [
    'X Auth',
    'X_Auth_User',
    'Cookie',
    'authorization',
    'Host',
    'X-Forwarded-For',
    'Sec-Fetch-Site',
    'a:b',
  ])
    assert.throws(() => authProxyHeader(wrong, trusted), /AUTH_PROXY_HEADER is /, wrong)
})

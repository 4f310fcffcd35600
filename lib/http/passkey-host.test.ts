import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetShared } from '#lib/process/shared.ts'
import { passkeyProblem, passkeySiteOf } from './passkey-host.ts'
import { sitePort } from './site-port.ts'

const asked = (host: string, proto: 'http' | 'https', port = proto === 'https' ? 443 : 80) =>
  new Request('http://internal/', {
    headers: { host, 'x-forwarded-proto': proto, 'x-forwarded-port': String(port) },
  })

test('passkeys of a request are those of the address that the browser used, also behind a proxy that does https', async () => {
  assert.deepEqual(passkeySiteOf(asked('hunt.example', 'https')), {
    ...{ id: 'hunt.example', origin: 'https://hunt.example' },
  })
  const high = passkeySiteOf(asked('hunt.example:8443', 'https', 8443))
  assert.deepEqual(high, { id: 'hunt.example', origin: 'https://hunt.example:8443' })
  const refused = passkeySiteOf(asked('hunt.example', 'http'))
  assert.ok(refused instanceof Response)
  assert.equal(refused.status, 421)
  assert.match((await refused.json()).error.message, /need https/)
})

test('a Host with another port than that of the server has no passkeys, and the answer says where they are', async () => {
  for (const [host, port] of [
    ['localhost:6666', 3000],
    ['localhost', 3000],
    ['localhost:6666', 80],
  ] as const) {
    const refused = passkeySiteOf(asked(host, 'http', port))
    assert.ok(refused instanceof Response, host)
    assert.equal(refused.status, 421)
    const { origin } = new URL(`http://localhost:${port}`)
    assert.ok((await refused.json()).error.message.includes(`are for ${origin}, and`))
  }
})

test('the port is that of the listener, behind a proxy the default one, and another one only if ALLOWED_HOSTS has it', (t) => {
  assert.equal(sitePort('localhost:6666', false, 3000), 3000)
  assert.equal(sitePort('localhost', false, 3000), 3000)
  assert.equal(sitePort('hunt.example:6666', true, null), 443)
  assert.equal(sitePort('localhost:6666', false, null), 80)
  process.env.ALLOWED_HOSTS = 'hunt.example:8443,localhost:80'
  t.after(() => {
    Reflect.deleteProperty(process.env, 'ALLOWED_HOSTS')
    forgetShared()
  })
  forgetShared()
  assert.equal(sitePort('Hunt.example:8443', true, null), 8443)
  assert.equal(sitePort('hunt.example:6666', true, null), 443)
  assert.equal(sitePort('other.example:8443', true, null), 443)
  assert.equal(sitePort('localhost', false, 3000), 80)
})

test('a page says why it has no passkeys, and on this machine where it has them', () => {
  const problem = (host: string, proto: 'http' | 'https' = 'http', port?: number) =>
    passkeyProblem(asked(host, proto, port).headers, '/account?tz=UTC')
  assert.equal(problem('localhost:3000', 'http', 3000), null)
  assert.deepEqual(problem('localhost:6666', 'http', 3000), {
    ...{ problem: 'port', elsewhere: 'http://localhost:3000/account?tz=UTC' },
  })
  assert.equal(problem('hunt.example', 'https'), null)
  assert.deepEqual(problem('hunt.example'), { problem: 'insecure', elsewhere: null })
  assert.deepEqual(problem('10.0.0.5', 'https'), { problem: 'address', elsewhere: null })
  for (const [host, elsewhere] of [
    ['127.0.0.1:3000', 'http://localhost:3000/account?tz=UTC'],
    ['127.1.2.3', 'http://localhost/account?tz=UTC'],
    ['[::1]:8080', 'http://localhost:8080/account?tz=UTC'],
  ] as const)
    assert.deepEqual(problem(host), { problem: 'address', elsewhere }, host)
  assert.equal(problem('127.0.0.1:8443', 'https')?.elsewhere, 'https://localhost:8443/account?tz=UTC')
})

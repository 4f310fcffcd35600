import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passkeyProblem, passkeySiteOf } from './passkey-host.ts'

const asked = (host: string, proto: 'http' | 'https') =>
  new Request('http://internal/', { headers: { host, 'x-forwarded-proto': proto } })

test('passkeys of a request are those of the address that the browser used, also behind a proxy that does https', async () => {
  assert.deepEqual(passkeySiteOf(asked('hunt.example', 'https')), {
    ...{ id: 'hunt.example', origin: 'https://hunt.example' },
  })
  const refused = passkeySiteOf(asked('hunt.example', 'http'))
  assert.ok(refused instanceof Response)
  assert.equal(refused.status, 421)
  assert.match((await refused.json()).error.message, /need https/)
})

test('a page says why it has no passkeys, and on this machine where it has them', () => {
  const problem = (host: string, proto: 'http' | 'https' = 'http') =>
    passkeyProblem(asked(host, proto).headers, '/account?tz=UTC')
  assert.equal(problem('localhost:3000'), null)
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

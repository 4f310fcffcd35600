import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addAccount, openGuarded, reached, sessionOf } from './testing-answers.ts'

const ofProxies = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'hunt.example',
  forwarded: 'for=203.0.113.7',
  'x-real-ip': '203.0.113.7',
  via: '1.1 proxy',
}

test('an open server on loopback does not answer what a proxy sends on, and says what to set', async (t) => {
  const { ask, askLocally } = await openGuarded(t)
  assert.equal((await ask('/stacking')).status, reached)
  for (const [name, value] of Object.entries(ofProxies)) {
    for (const path of ['/', '/stacking', '/api/v1/health', '/api/v1/events', '/_next/static/a.js', '/admin/users']) {
      const { status, headers, body } = await ask(path, { headers: { [name]: value } })
      assert.deepEqual([status, headers['x-reached']], [403, undefined], `${name} ${path}`)
      const { error } = JSON.parse(body)
      assert.equal(error.code, 'not-allowed')
      for (const words of [name, 'TRUSTED_PROXIES', '--role admin', 'docs/reverse-proxy.md'])
        assert.ok(error.message.includes(words), error.message)
    }
    const write = { method: 'POST', headers: { [name]: value, origin: 'http://localhost' } }
    assert.equal((await ask('/api/v1/uploads', write)).status, 403)
    assert.equal((await askLocally('/stacking', { headers: { [name]: value } })).status, reached)
  }
})

test('with accounts, and if ALLOW_OPEN lets everybody in, headers of unknown proxies are worth nothing and refuse nothing', async (t) => {
  const { ask } = await openGuarded(t)
  process.env.ALLOW_OPEN = '1'
  t.after(() => Reflect.deleteProperty(process.env, 'ALLOW_OPEN'))
  for (const [name, value] of Object.entries(ofProxies))
    assert.equal((await ask('/stacking', { headers: { [name]: value } })).status, reached, name)
  Reflect.deleteProperty(process.env, 'ALLOW_OPEN')
  const { cookie } = await sessionOf(await addAccount('root', 'admin'))
  for (const [name, value] of Object.entries(ofProxies)) {
    assert.equal((await ask('/stacking', { headers: { cookie, [name]: value } })).status, reached, name)
    assert.equal((await ask('/api/v1/events', { headers: { [name]: value } })).status, 401, name)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passkeySite } from './passkey-site.ts'

test('passkeys are bound to the name that the browser used and to the port of the server, whatever port the sender names', () => {
  const site = (id: string, origin: string) => ({ id, origin })
  assert.deepEqual(passkeySite('hunt.example', true, 443), site('hunt.example', 'https://hunt.example'))
  assert.deepEqual(passkeySite('Hunt.Example:8443', true, 8443), site('hunt.example', 'https://hunt.example:8443'))
  assert.deepEqual(passkeySite('hunt.example:6666', true, 443), site('hunt.example', 'https://hunt.example'))
  assert.deepEqual(passkeySite('localhost:3000', false, 3000), site('localhost', 'http://localhost:3000'))
  assert.deepEqual(passkeySite('localhost:6666', false, 3000), site('localhost', 'http://localhost:3000'))
  assert.deepEqual(passkeySite('localhost', true, 3000), site('localhost', 'https://localhost:3000'))
})

test('there are none for an IP address, nor without https beyond this machine', () => {
  for (const host of ['127.0.0.1:3000', '10.0.0.5', '[::1]:3000', '[::1]', '', '127.1'])
    for (const isSecure of [true, false])
      assert.deepEqual(passkeySite(host, isSecure, 3000), { problem: 'address' }, host)
  for (const host of ['hunt.example', 'localhost.example', 'notlocalhost:3000'])
    assert.deepEqual(passkeySite(host, false, 3000), { problem: 'insecure' }, host)
})

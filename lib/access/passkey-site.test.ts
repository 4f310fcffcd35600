import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passkeySite } from './passkey-site.ts'

test('passkeys are bound to the name and the origin of the address that the browser used', () => {
  assert.deepEqual(passkeySite('hunt.example', true), { id: 'hunt.example', origin: 'https://hunt.example' })
  assert.deepEqual(passkeySite('Hunt.Example:8443', true), { id: 'hunt.example', origin: 'https://hunt.example:8443' })
  assert.deepEqual(passkeySite('hunt.example:443', true), { id: 'hunt.example', origin: 'https://hunt.example' })
  assert.deepEqual(passkeySite('localhost:3000', false), { id: 'localhost', origin: 'http://localhost:3000' })
  assert.deepEqual(passkeySite('localhost', true), { id: 'localhost', origin: 'https://localhost' })
})

test('there are none for an IP address, nor without https beyond this machine', () => {
  for (const host of ['127.0.0.1:3000', '10.0.0.5', '[::1]:3000', '[::1]', '', '127.1'])
    for (const isSecure of [true, false]) assert.deepEqual(passkeySite(host, isSecure), { problem: 'address' }, host)
  for (const host of ['hunt.example', 'localhost.example', 'notlocalhost:3000'])
    assert.deepEqual(passkeySite(host, false), { problem: 'insecure' }, host)
})

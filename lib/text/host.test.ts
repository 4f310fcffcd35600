import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitHost } from './host.ts'

test('a host name is split after its first label', () => {
  assert.deepEqual(splitHost('WS-1.emea.corp.example'), { name: 'WS-1', domain: '.emea.corp.example' })
  assert.deepEqual(splitHost('WS-1'), { name: 'WS-1', domain: '' })
  assert.deepEqual(splitHost('.hidden'), { name: '.hidden', domain: '' })
  assert.deepEqual(splitHost(''), { name: '', domain: '' })
})

test('an address is not split', () => {
  assert.deepEqual(splitHost('10.0.0.7'), { name: '10.0.0.7', domain: '' })
  assert.deepEqual(splitHost('fe80::1.2'), { name: 'fe80::1.2', domain: '' })
})

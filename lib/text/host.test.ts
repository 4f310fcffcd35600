import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostParts } from './host.ts'

test('a host has its name before the first dot and its domain after it; an address and an odd name are a name alone', () => {
  assert.deepEqual(hostParts('WS-1.corp.example'), { name: 'WS-1', domain: '.corp.example' })
  for (const whole of ['WS-1', '10.0.0.7', '.hidden', ''])
    assert.deepEqual(hostParts(whole), { name: whole, domain: '' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostHref } from './host-link.ts'

const from = Date.UTC(2026, 10, 1)
const to = Date.UTC(2026, 10, 8)

test('a host is opened for the absolute time range of the table, in its zone and detection', () => {
  assert.equal(
    hostHref('ws-1', { from, to }, 'Europe/Berlin', 'audit'),
    '/hosts/ws-1?from=2026-11-01T00%3A00%3A00.000Z&to=2026-11-08T00%3A00%3A00.000Z&detection=audit&tz=Europe%2FBerlin',
  )
})

test('an open range leaves the parameters out, and any name makes a path', () => {
  assert.equal(hostHref('a/b?c#d%', { from: null, to: null }, 'UTC'), '/hosts/a%2Fb%3Fc%23d%25')
})

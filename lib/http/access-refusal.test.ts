import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, anonymousActor, theLocalActor } from '#lib/access/actor.ts'
import { accessRefusal } from './access-refusal.ts'

const statusOf = (method: string, url: string, actor: Actor = theLocalActor): number | null =>
  accessRefusal(actor, { method, url })?.status ?? null

test('only what the table of permissions has is answered', () => {
  for (const url of [
    '/',
    '/stacking?q=/nowhere',
    '/hosts/a%2Fb',
    '/uploads/',
    '/icon.svg',
    '/_next/static/chunks/a.js',
  ]) {
    for (const method of ['GET', 'HEAD']) assert.equal(statusOf(method, url), null, `${method} ${url}`)
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])
      assert.equal(statusOf(method, url), 405, `${method} ${url}`)
  }
  for (const url of [
    ...[
      '/nowhere',
      '/stacking/x',
      '//stacking',
      '/%73tacking',
      '/_next/data/b/stacking.json',
      '/_next/static/',
      '/apix',
    ],
    ...['/api', '/api/v1', '/api/v1//', '/%61pi/v1/events', '//api/v1/events', '/api/v1/uploads/a/b/c', '/_not-found'],
  ]) {
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'TRACE'])
      assert.equal(statusOf(method, url), 404, `${method} ${url}`)
  }
})

test('an address says which methods it takes, also if another one fits with that method', () => {
  const allowed = (method: string, url: string) => accessRefusal(theLocalActor, { method, url })?.allow
  assert.equal(allowed('PUT', '/api/v1/uploads'), 'GET, HEAD, POST')
  assert.equal(allowed('PUT', '/api/v1/uploads/some-id'), 'GET, HEAD, DELETE')
  assert.equal(allowed('DELETE', '/api/v1/uploads/compare'), 'GET, HEAD')
  assert.equal(allowed('GET', '/api/v1/sample'), 'POST')
  assert.equal(allowed('POST', '/stacking'), 'GET, HEAD')
})

test('an actor of a kind that the table does not know may do nothing but what everybody may', () => {
  const stranger = { kind: 'stranger', name: 'x' } as unknown as Actor
  for (const [method, url] of [
    ['GET', '/stacking'],
    ['POST', '/api/v1/uploads'],
    ['DELETE', '/api/v1/uploads/some-id'],
    ['PATCH', '/api/v1/resumable/some-id'],
  ] as const) {
    assert.equal(statusOf(method, url, stranger), 403, `${method} ${url}`)
    assert.equal(statusOf(method, url), null, `${method} ${url}`)
  }
  for (const url of ['/icon.svg', '/api/v1/health']) assert.equal(statusOf('GET', url, stranger), null, url)
})

test('the message of an unknown address has no control characters', () => {
  const { message } = accessRefusal(theLocalActor, { method: 'GET', url: '/\u009b31m\u202e' }) ?? { message: '' }
  assert.doesNotMatch(message, /[\p{C}]/u)
})

test('who is not known is asked to sign in wherever it may not be, also at addresses that do not exist', () => {
  for (const [method, url] of [
    ['GET', '/stacking'],
    ['GET', '/nowhere'],
    ['PUT', '/stacking'],
    ['POST', '/api/v1/uploads'],
    ['GET', '/api/v1/openapi.json'],
    ['GET', '/account'],
  ] as const)
    assert.equal(statusOf(method, url, anonymousActor), 401, `${method} ${url}`)
  for (const url of ['/sign-in', '/set-up', '/icon.svg', '/_next/static/chunks/a.js', '/api/v1/health'])
    assert.equal(statusOf('GET', url, anonymousActor), null, url)
})

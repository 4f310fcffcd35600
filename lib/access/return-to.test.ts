import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leadToSignIn } from '#lib/http/led-to-sign-in.ts'
import { isScreen, returnTo } from './return-to.ts'

test('after signing in a browser goes to exactly the page it came for', () => {
  for (const to of [
    '/',
    '/stacking',
    '/stacking?dest=%3Da%26b&sort=-count,dest&tz=Europe%2FBerlin',
    '/hosts/a%2Fb%252e',
    '/events/e1?tz=UTC',
    '/wall?anchor=now',
    '/account',
    '/stacking?q=https://evil.example//%5C',
  ])
    assert.equal(returnTo(to), to)
})

test('what is not a page of this server leads to the first page, never to another server', () => {
  for (const to of [
    ...['', null, undefined, 'stacking', 'https://evil.example', 'https://evil.example/stacking', '//evil.example'],
    ...['//evil.example/stacking', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\\/evil.example'],
    ...[
      '/\t/evil.example',
      '/\n/evil.example',
      '\t//evil.example',
      '/stacking\r\nSet-Cookie: a=b',
      '/%09/evil.example',
    ],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      '/..//evil.example',
      '/.//evil.example',
      '/.//',
      '/stacking/../..//evil.example',
    ],
    ...['http:evil.example', '/@evil.example', '@evil.example', ' /stacking', '/nowhere', '/_not-found', '/icon.svg'],
    ...['/api/v1/events', '/api/v1/health', '/api/v1/sign-out', '/sample-defender.xml', '/_next/static/x.js'],
    ...['/sign-in', '/sign-in?to=/sign-in', '/set-up', '/not-allowed', '/sign-in/', '/stacking\\..\\..\\evil.example'],
  ])
    assert.equal(returnTo(to), '/', JSON.stringify(to))
})

test('a path with steps in it leads where a browser would go, and that must be a page', () => {
  assert.equal(returnTo('/uploads/../stacking?q=1'), '/stacking?q=1')
  assert.equal(returnTo('/stacking/../api/v1/events'), '/')
  assert.ok(isScreen('/uploads/some-id') && !isScreen('/api/v1/uploads/some-id'))
})

/** Where a request for an address is led. */
function ledTo(url: string): string {
  let location = ''
  const response = {
    setHeader() {},
    writeHead: (_: number, headers: { Location: string }) => {
      location = headers.Location
      return { end() {} }
    },
  }
  leadToSignIn({ url }, response as never)
  return location
}

test('the way to sign-in keeps the address of every page, and comes back to it', () => {
  for (const url of [
    '/stacking?dest=%3Da%26b&q=50%25%20%2B&sort=-count,dest',
    '/hosts/%E2%82%AC%2F?a=1&a=2&to=/x',
    '/events?q=;%3C%22%3E&tz=Europe%2FBerlin',
    '/stacking?q=a+b',
  ]) {
    const led = new URL(ledTo(url), 'http://server.invalid')
    assert.equal(led.pathname, '/sign-in')
    assert.equal(returnTo(led.searchParams.get('to')), url)
    assert.equal([...led.searchParams.keys()].length, 1)
  }
  for (const url of ['/', '//evil.example/', '/nowhere', '/api/v1/events', '/sign-in?to=//evil.example'])
    assert.equal(ledTo(url), '/sign-in', url)
})

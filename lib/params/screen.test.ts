import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultParams } from '#lib/params/defaults.ts'
import { readScreen } from './read-screen.ts'
import { containsLink, filterLinks, rewrittenLink, type Screen, screenHref } from './screen.ts'

const screen: Screen = {
  path: '/audit',
  table: 'audit',
  params: { ...defaultParams('audit'), page: 3, filters: { dest: ['a&b'] } },
  own: { cols: 'dest,Path' },
}

test('a link keeps filters and own parameters, and begins at page 1', () => {
  assert.equal(screenHref(screen, { mode: 'faithful' }), '/audit?mode=faithful&dest=a%26b&cols=dest%2CPath')
})

test('an own parameter can be changed and dropped', () => {
  assert.equal(screenHref(screen, { filters: {} }, { cols: null }), '/audit')
  assert.equal(screenHref(screen, { filters: {} }, { cols: 'ID', tab: 'x' }), '/audit?cols=ID&tab=x')
})

test('a screen read from its own link is the same screen', () => {
  const href = screenHref(screen, { page: 3 })
  const search = Object.fromEntries(new URL(href, 'http://localhost').searchParams)
  assert.deepEqual(readScreen('/audit', 'audit', search, ['cols']).screen, screen)
})

test('a parameter nobody reads is named, the open row and own parameters are not', () => {
  const { problems } = readScreen('/audit', 'audit', { nonsense: '1', open: '5', cols: 'dest' }, ['cols'])
  assert.deepEqual(
    problems.map(({ param }) => param),
    ['nonsense'],
  )
})

test('a filter is written differently in its place, and what contains a text replaces what was asked of its field', () => {
  const of = (href: string) => new URL(href, 'http://x').searchParams.getAll('Path')
  const asked = { ...screen, params: { ...screen.params, filters: { Path: ['a', '!b', 'c'] } } }
  assert.deepEqual(of(rewrittenLink(asked, 'Path', 'a', '!a')), ['!a', '!b', 'c'])
  assert.deepEqual(of(rewrittenLink(asked, 'Path', 'a', 'c')), ['c', '!b'])
  assert.deepEqual(of(rewrittenLink(asked, 'Path', '!b', null)), ['a', 'c'])
  assert.deepEqual(of(containsLink(asked, 'Path', '*x*')), ['!b', '*x*'])
  assert.deepEqual(of(containsLink(asked, 'Path', '!*x*')), ['a', '!b', 'c', '!*x*'])
})

test('a value of stacks alone is filtered as any other, and several values of one field are kept or left out together', () => {
  const stacks: Screen = { ...screen, path: '/stack', table: 'stack', params: defaultParams('stack') }
  const folder = filterLinks(stacks, 'Path.folder', '=a')
  assert.equal(folder.only, '/stack?Path.folder=%3D%3Da&cols=dest%2CPath')
  assert.equal(folder.not, '/stack?Path.folder=%21%3D%3Da&cols=dest%2CPath')
  const codes = filterLinks({ ...stacks, own: {} }, 'EventCode', '1121', '1126')
  assert.equal(codes.only, '/stack?EventCode=1121&EventCode=1126')
  assert.equal(codes.not, '/stack?EventCode=%211121&EventCode=%211126')
})

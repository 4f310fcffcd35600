import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventFormatOf } from './event-format.ts'

const of = (query: string, accept = '*/*') =>
  eventFormatOf(new Request(`http://127.0.0.1/api/v1/events/1${query}`, { headers: { accept } }))

test('an event is given as JSON unless XML is asked for', () => {
  assert.equal(of(''), 'json')
  assert.equal(of('', 'text/html,application/xhtml+xml,application/xml;q=0.9'), 'json')
  assert.equal(of('', 'application/xml'), 'xml')
  assert.equal(of('', 'text/xml; charset=utf-8'), 'xml')
  assert.equal(of('?format=xml'), 'xml')
  assert.equal(of('?format=json', 'application/xml'), 'json')
  assert.equal(of('?format=pdf'), null)
})

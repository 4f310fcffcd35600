import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EventIdentity, eventKey, readEventKey } from './event-key.ts'

const identity: EventIdentity = {
  dest: 'PC1',
  EventCode: 1121,
  time: Date.parse('2023-11-20T16:29:48.984Z'),
  recordId: 2975,
  hash: null,
  ordinal: null,
}
const content = { recordId: null, hash: '00ff', ordinal: 0 }

test('the key of an event never changes: links contain it', () => {
  assert.equal(eventKey(identity), 'egGVbiXwEYUUvCnVnAHSF31BSwvLc228')
  assert.equal(eventKey({ ...identity, ...content }), 'egGVbiXwEYfSrV48xSzD9TY6qep9m69M')
  assert.equal(eventKey({ ...identity, ...content, ordinal: 1 }), 'egGVbiXwEYf6htfoUdEB2l9amjeQl1zs')
  assert.equal(eventKey({ ...identity, EventCode: 5007, time: -1, recordId: 1 }), 'egAAAAAATj9PM7BOtiCtaajFn2NebfbI')
})

test('an event is the same to the second and in any case of its host, and another by any other part', () => {
  const key = eventKey(identity)
  assert.equal(eventKey({ ...identity, dest: 'pc1', time: identity.time + 15 }), key)
  // A record id decides: the content of a copy in another format differs.
  assert.equal(eventKey({ ...identity, hash: '00ff', ordinal: 3 }), key)
  const others = [
    { dest: 'PC2' },
    { EventCode: 1122 },
    { time: identity.time + 1000 },
    { recordId: 2976 },
    content,
    { ...content, hash: '00fe' },
    { ...content, ordinal: 1 },
    { recordId: 0 },
  ].map((other) => eventKey({ ...identity, ...other }))
  assert.equal(new Set([key, ...others]).size, others.length + 1)
})

test('second and EventCode are read back from a key, of times before 1970 too', () => {
  for (const time of [0, 999, 1000, -1, -1000, -1001, Date.parse('1601-01-01'), Date.parse('9999-12-31T23:59:59Z')]) {
    for (const EventCode of [0, 1121, 5007, 65_535]) {
      const key = eventKey({ ...identity, time, EventCode })
      assert.equal(key.length, 32)
      assert.deepEqual(readEventKey(key), { second: Math.trunc(time / 1000) + 0, EventCode })
    }
  }
})

test('a time that no log can have still has a key', () => {
  for (const time of [8.64e15, -8.64e15]) assert.notEqual(readEventKey(eventKey({ ...identity, time })), null)
})

test('what is not an event key is null', () => {
  const key = eventKey(identity)
  for (const text of [
    '',
    '12',
    key.slice(1),
    `${key}A`,
    `x${key.slice(1)}`,
    `${key.slice(0, -1)}9`,
    key.replace('G', '+'),
  ])
    assert.equal(readEventKey(text), null, text)
})

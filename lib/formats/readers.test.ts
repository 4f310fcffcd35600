import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inShort, readAny, textEvent, xmlEvent } from '#lib/formats/testing.ts'

test('a log is read by the reader of its format, from its first byte', async () => {
  const xml = await readAny(Buffer.from(xmlEvent(1121)), 10)
  assert.equal(xml.format, 'xml')
  assert.deepEqual(inShort(xml), { events: [1121], others: {}, rejects: [] })
  const text = await readAny(Buffer.from(textEvent(1121, 'x').repeat(2)), 10)
  assert.equal(text.format, 'multiline')
  assert.deepEqual(inShort(text), { events: [1121, 1121], others: {}, rejects: [] })
})

test('a file that is not a log has no records', async () => {
  for (const bytes of ['', ' \n', 'hello', '{}']) assert.equal((await readAny(Buffer.from(bytes))).records, 0)
})

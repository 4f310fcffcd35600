import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { time } from '#lib/model/schema.ts'
import { encodeStrictly } from '#lib/model/testing.ts'
import { apiWriter } from './api-writer.ts'

const inner = z.object({ at: time.describe('When.'), name: z.string() })
const nested = z.object({
  at: time.nullable(),
  list: z.array(inner),
  maybe: inner.optional(),
  none: inner.nullable(),
  byName: z.record(z.string(), time.nullable()),
  time: z.literal(['hour', 'day']),
  counts: z.record(z.string(), z.int()),
  anything: z.unknown(),
})
const at = Date.UTC(2023, 10, 20, 16, 29, 48, 984)
const value = {
  ...{ at, list: [{ at: 0, name: 'a' }], none: null, byName: { a: at, b: null }, time: 'day' as const },
  ...{ counts: { firstTime: 5 }, anything: { at: 5 } },
}

test('times are written as text wherever they are; what is only named like one stays', () => {
  const write = apiWriter(nested)
  assert.deepEqual(write(value), z.encode(nested, value))
  assert.deepEqual(write({ ...value, maybe: { at: -1, name: 'b' } }), {
    ...{ at: '2023-11-20T16:29:48.984Z', list: [{ at: '1970-01-01T00:00:00.000Z', name: 'a' }], none: null },
    ...{ maybe: { at: '1969-12-31T23:59:59.999Z', name: 'b' }, byName: { a: '2023-11-20T16:29:48.984Z', b: null } },
    ...{ time: 'day', counts: { firstTime: 5 }, anything: { at: 5 } },
  })
  assert.deepEqual(Object.keys(write(value)), Object.keys(value))
})

test('a value without a time is not copied, and no value is changed', () => {
  const plain = { name: 'a', rows: [{ count: 5 }] }
  const schema = z.object({ name: z.string(), rows: z.array(z.object({ count: z.int() })) })
  assert.equal(apiWriter(schema)(plain), plain)
  const before = structuredClone(value)
  apiWriter(nested)(value)
  assert.deepEqual(value, before)
})

test('a key that the schema does not name is kept, so that a test with strict schemas notices it', () => {
  const row = { at, name: 'a', own: 1 }
  assert.deepEqual(apiWriter(inner)(row), { at: '2023-11-20T16:29:48.984Z', name: 'a', own: 1 })
  assert.throws(() => encodeStrictly(inner, row), /Unrecognized key.*own/)
  assert.throws(() => encodeStrictly(inner, { at }), /name/)
})

test('a time of any year is written and read back', () => {
  for (const ms of [0, -1, Date.UTC(9999, 11, 31), Date.UTC(30_827, 1), Date.UTC(-5, 1)])
    assert.equal(time.parse(apiWriter(time)(ms)), ms)
  for (const text of ['2023-11-20', '2023-11-20T16:29:48Z', '2023-13-20T16:29:48.000Z', '1', 5])
    assert.throws(() => time.parse(text))
})

test('a schema that could not be written is refused when the writer is made', () => {
  assert.throws(() => apiWriter(z.object({ when: z.date() })), /no way to write a date/)
})

test('a time that is missing is not written as one of 1970', () => {
  const write = apiWriter(z.object({ rows: z.array(inner) }))
  for (const at of [null, '2023', new Date(0)] as never[])
    assert.throws(() => write({ rows: [{ at, name: 'a' }] }), {
      name: 'TypeError',
      message: /^A time is .*milliseconds/,
    })
})

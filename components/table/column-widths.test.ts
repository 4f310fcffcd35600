import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseWidths } from './column-widths.ts'

test('widths are read as they were stored', () => {
  assert.deepEqual(parseWidths('{"Path":500,"_time":160}'), { Path: 500, _time: 160 })
  assert.deepEqual(parseWidths(null), {})
})

test('what is not a width of a column is skipped', () => {
  assert.deepEqual(parseWidths('{"Path":"500","dest":1,"User":99999,"a;b":100,"ID":80}'), { ID: 80 })
  for (const text of ['', 'nonsense', 'null', '7', '[]']) assert.deepEqual(parseWidths(text), {}, text)
})

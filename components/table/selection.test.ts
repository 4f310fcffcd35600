import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nothingSelected, ranged, stepped, toggled } from './selection.ts'

const of = (...keys: string[]) => keys.reduce(toggled, nothingSelected)

test('a row is selected and let go', () => {
  assert.deepEqual([...of('a', 'b').keys], ['a', 'b'])
  assert.deepEqual([...of('a', 'b', 'a').keys], ['b'])
})

test('steps with Shift grow the selection, and steps back shrink it', () => {
  const two = stepped(nothingSelected, 'a', 'b')
  assert.deepEqual([...two.keys], ['a', 'b'])
  const three = stepped(two, 'b', 'c')
  assert.deepEqual([...three.keys], ['a', 'b', 'c'])
  assert.deepEqual([...stepped(three, 'c', 'b').keys], ['a', 'b'])
  // At the end of the table there is no other row.
  assert.deepEqual([...stepped(three, 'c', 'c').keys], ['a', 'b', 'c'])
})

test('a range goes from the row that was selected last, in either direction', () => {
  const order = ['a', 'b', 'c', 'd']
  assert.deepEqual([...ranged(of('c'), order, 'a').keys].sort(), ['a', 'b', 'c'])
  assert.deepEqual([...ranged(of('b'), order, 'd').keys].sort(), ['b', 'c', 'd'])
  assert.deepEqual([...ranged(nothingSelected, order, 'b').keys], ['b'])
  assert.deepEqual([...ranged(of('gone'), order, 'b').keys], ['gone', 'b'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leading, pinOf, sentenceSpan } from './pins.ts'

test('a pinned cell stays right of the pinned columns before it', () => {
  assert.deepEqual(pinOf(['a', 'b', 'c'], 'a'), { className: 'pinned', style: { '--pin': '0px' } })
  assert.deepEqual(pinOf(['a', 'b', 'c'], 'c'), {
    className: 'pinned pinned-last',
    style: { '--pin': 'calc(var(--w-a) + var(--w-b))' },
  })
  assert.deepEqual(pinOf(['a'], 'x'), {})
})

test('only columns at the left are pinned', () => {
  assert.deepEqual(leading(['a', 'b', 'c'], ['b', 'a']), ['a', 'b'])
  assert.deepEqual(leading(['a', 'b', 'c'], ['b']), [])
  assert.deepEqual(leading(['a'], ['a']), ['a'])
})

test('a sentence is in the longest run of columns without a value, and not across the last pinned one', () => {
  const of = (text: string, pinned = 0) =>
    sentenceSpan(
      [...text].map((letter) => letter === 'x'),
      pinned,
    )
  assert.deepEqual(of('.xxx.'), { from: 1, length: 3 })
  assert.deepEqual(of('x.xx.x'), { from: 2, length: 2 })
  assert.deepEqual(of('xxxx', 1), { from: 1, length: 3 })
  assert.deepEqual(of('xxxx', 3), { from: 0, length: 3 })
  assert.deepEqual(of('..xx', 2), { from: 2, length: 2 })
  assert.equal(of('...'), null)
})

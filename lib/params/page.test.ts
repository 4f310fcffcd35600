import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportRange, noLimit, pageOf, pageRange, pagesOf } from './page.ts'

test('a page begins where the one before it ends', () => {
  assert.deepEqual(pageRange({ page: 1, limit: null }), { offset: 0, limit: 100 })
  assert.deepEqual(pageRange({ page: 3, limit: 20 }), { offset: 40, limit: 20 })
})

test('an export has every row unless it is limited', () => {
  assert.deepEqual(exportRange({ page: 3, limit: null }), { offset: 0, limit: noLimit })
  assert.deepEqual(exportRange({ page: 3, limit: 20 }), { offset: 40, limit: 20 })
})

test('the last page may be short, and a table without rows has one page', () => {
  assert.deepEqual(
    [0, 1, 100, 101].map((total) => pagesOf(total, { limit: null })),
    [1, 1, 1, 2],
  )
  assert.equal(pagesOf(41, { limit: 20 }), 3)
})

test('a page of rows at hand has those of its range, and none past the end', () => {
  const rows = ['a', 'b', 'c']
  assert.deepEqual(pageOf(rows, pageRange({ page: 2, limit: 2 })), { total: 3, rows: ['c'] })
  assert.deepEqual(pageOf(rows, pageRange({ page: 3, limit: 2 })), { total: 3, rows: [] })
})

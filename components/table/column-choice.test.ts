import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Screen } from '#lib/params/screen.ts'
import { colsText, columnVisibility, shownColumns } from './column-choice.ts'

const all = ['dest', 'Path', 'ID']
const screen = (cols?: string): Screen => ({ own: cols === undefined ? {} : { cols } }) as Screen

test('a table shows every column but those hidden at first', () => {
  assert.deepEqual(columnVisibility(screen(), all, ['ID']), { dest: true, Path: true, ID: false })
})

test('a URL that names columns shows just these', () => {
  assert.deepEqual(columnVisibility(screen('ID,Path'), all), { dest: false, Path: true, ID: true })
})

test('columns that do not exist are passed over, and a table is never without columns', () => {
  assert.deepEqual(columnVisibility(screen('nonsense'), all), { dest: true, Path: true, ID: true })
})

test('the usual columns need no parameter', () => {
  assert.equal(colsText(['dest', 'Path'], all, ['ID']), null)
  assert.equal(colsText(['dest'], all, ['ID']), 'dest')
})

test('both times share a column if both are shown, and each has its own if it is alone', () => {
  const times = ['dest', 'firstTime', 'lastTime']
  assert.deepEqual(shownColumns(screen(), times, []), {
    columnVisibility: { dest: true, firstTime: false, lastTime: true },
    isSpan: true,
  })
  assert.deepEqual(shownColumns(screen('firstTime'), times, []), {
    columnVisibility: { dest: false, firstTime: true, lastTime: false },
    isSpan: false,
  })
})

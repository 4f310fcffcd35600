import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Screen } from '#lib/params/screen.ts'
import { colsText, columnOrder, columnVisibility, inOrder, pinnedColumns, shownColumns } from './column-choice.ts'

const all = ['dest', 'Path', 'ID']
const screen = (cols?: string, pin?: string): Screen =>
  ({ own: { ...(cols === undefined ? {} : { cols }), ...(pin === undefined ? {} : { pin }) } }) as unknown as Screen

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
    order: times,
    isSpan: true,
  })
  assert.deepEqual(shownColumns(screen('firstTime'), times, []), {
    columnVisibility: { dest: false, firstTime: true, lastTime: false },
    order: ['firstTime'],
    isSpan: false,
  })
})

test('columns are in the order in which the URL names them, the pinned ones first', () => {
  assert.deepEqual(columnOrder(screen('ID,Path,ID'), all), ['ID', 'Path'])
  assert.deepEqual(columnOrder(screen(undefined, 'Path,nonsense'), all, ['ID']), ['Path', 'dest'])
  assert.deepEqual(columnOrder(screen('dest,ID', 'ID,Path'), all), ['ID', 'dest'])
  assert.deepEqual(pinnedColumns(screen(undefined, 'ID,Path'), ['dest', 'Path']), ['Path'])
})

test('an order that is not the usual one is named, and pinning alone needs no names', () => {
  assert.equal(colsText(['Path', 'dest'], all, ['ID']), 'Path,dest')
  assert.equal(colsText(['Path', 'dest'], all, ['ID'], ['Path']), null)
  assert.equal(colsText(['dest', 'Path'], all, ['ID'], ['Path']), 'dest,Path')
})

test('the columns of a table follow the order, and what it does not name comes last', () => {
  assert.deepEqual(
    inOrder(['a', 'b', 'c', 'd'], (name) => name, ['c', 'a']),
    ['c', 'a', 'b', 'd'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Screen } from '#lib/params/screen.ts'
import { colsText, columnVisibility } from './column-choice.ts'

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

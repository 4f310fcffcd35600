import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { readCells } from '#lib/formats/csv/lenient.ts'
import { scanRow } from '#lib/formats/csv/scan-row.ts'
import { dice } from '#lib/formats/testing.ts'

const comma = 44

/** Every row of a table, as the scanner cuts it. */
function rowsOf(text: string): string[][] {
  const bytes = Buffer.from(text)
  const rows: string[][] = []
  for (let at = 0; at < bytes.length; ) {
    const row = scanRow(bytes, at, comma, true)
    if (typeof row !== 'object') throw new Error(`${row} at ${at}`)
    const cells = readCells(bytes.subarray(at, row.end), { delimiter: comma, width: row.width, isQuoted: false })
    assert.equal(cells.length, row.width)
    rows.push(cells)
    at = row.end
  }
  return rows
}

test('whatever csv-parse reads strictly, the scanner reads the same', () => {
  const roll = dice(1)
  const parts = ['a', 'é', ' ', '', ',', '"', '\n', '\r\n', '\\', '""', '\t']
  for (let round = 0; round < 2000; round++) {
    const rows = Array.from({ length: 1 + roll(4) }, () =>
      Array.from({ length: 3 }, () => Array.from({ length: roll(5) }, () => parts[roll(parts.length)]).join('')),
    )
    const write = (cell: string) => (/[",\r\n]/.test(cell) || roll(2) ? `"${cell.replaceAll('"', '""')}"` : cell)
    const end = roll(2) ? '\n' : '\r\n'
    const text = rows.map((row) => row.map(write).join(',')).join(end) + (roll(2) ? end : '')
    assert.deepEqual(rowsOf(text), parse(text, { record_delimiter: end }), JSON.stringify(text))
    assert.deepEqual(rowsOf(text), rows)
  }
})

test('a quote that nothing explains is text, although csv-parse with relax_quotes would end the cell there', () => {
  const row = '"He said "no", didn\'t he",2\n'
  assert.equal(scanRow(Buffer.from(row), 0, comma, true), 'bad')
  assert.deepEqual(
    readCells(Buffer.from('"run "C:\\a b.exe" -x\r\nnow",a"b,3\r\n'), { delimiter: comma, width: 3, isQuoted: false }),
    ['run "C:\\a b.exe" -x\r\nnow', 'a"b', '3'],
  )
})

test('a row that is not complete is off, unless the file ends there', () => {
  for (const text of ['a,b', 'a,"b', 'a,"b"', 'a,"b"\r', '"a""']) {
    assert.equal(scanRow(Buffer.from(text), 0, comma, false), 'off', text)
  }
  assert.deepEqual(scanRow(Buffer.from('a,"b"\r'), 0, comma, true), { end: 6, width: 2 })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { time } from '#lib/model/schema.ts'
import { csvLines, type ExportFile, exportAnswer, formatOf } from './export.ts'

test('a cell is read back as it was, whatever it contains', () => {
  const cells = [
    'a,b',
    'say "hi"',
    'two\nlines',
    'cr\r\nlf',
    ' blanks ',
    '',
    '"',
    ',',
    ';',
    'a\tb',
    'ä💥',
    'x'.repeat(40_000),
  ]
  const rows = cells.map((cell, count) => ({ cell, count }))
  const csv = csvLines(rows, ['count', 'cell'])
  assert.deepEqual(
    parse(csv),
    rows.map(({ cell, count }) => [String(count), cell]),
  )
  assert.match(csv, /,";"\n/)
})

test('null is an empty cell, a number is a number, a list has one value a line', () => {
  assert.equal(
    csvLines([{ a: null, b: 5, c: ['x', 'y'], d: -7, f: [] }], ['a', 'b', 'c', 'd', 'e', 'f']),
    ',5,"x\ny",-7,,\n',
  )
  assert.equal(csvLines([{ a: { '1150': 2 } }], ['a']), '"{""1150"":2}"\n')
  assert.equal(csvLines([{ a: ['=1', '=2'] }], ['a']), '"\'=1\n\'=2"\n')
})

const row = z.object({ firstTime: time, Path: z.string(), count: z.int(), ID: z.string().nullable() })
const stacking: ExportFile = { name: 'stacking', row, columns: Object.keys(row.shape) }
const texts: ExportFile = { name: 'x', row: z.object({ name: z.string() }), columns: ['name'] }

async function* chunks() {
  yield [{ firstTime: Date.UTC(2023, 10, 20, 16, 29, 48, 984), Path: '=1', count: -1, ID: null }]
  yield [{ firstTime: 0, Path: 'a\nb', count: 2, ID: 'x' }]
}

test('CSV has one head, then every row; NDJSON has every field as it is', async () => {
  const csv = await exportAnswer('csv', chunks(), stacking)
  assert.equal(
    await csv.text(),
    'firstTime,Path,count,ID\n2023-11-20T16:29:48.984Z,\'=1,-1,\n1970-01-01T00:00:00.000Z,"a\nb",2,x\n',
  )
  assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.equal(csv.headers.get('content-disposition'), 'attachment; filename="stacking.csv"')
  const ndjson = await (await exportAnswer('ndjson', chunks(), stacking)).text()
  assert.deepEqual(
    ndjson
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    [
      { firstTime: '2023-11-20T16:29:48.984Z', Path: '=1', count: -1, ID: null },
      { firstTime: '1970-01-01T00:00:00.000Z', Path: 'a\nb', count: 2, ID: 'x' },
    ],
  )
})

test('no control or direction character of a log is written raw to an export, and NDJSON still has the same text', async () => {
  const hostile = 'a\u001b[2Jb\u009bc\u007fd\u202ee\u2066f\ufeffg'
  async function* rows() {
    yield [{ name: hostile }]
  }
  for (const format of ['csv', 'ndjson'] as const) {
    const text = await (await exportAnswer(format, rows(), texts)).text()
    assert.doesNotMatch(text, /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u)
    if (format === 'ndjson') assert.deepEqual(JSON.parse(text), { name: hostile })
  }
})

test('an export is read no faster than it is taken, and let go when its taker leaves', async () => {
  let given = 0
  let isOver = false
  async function* endless() {
    try {
      for (;;) yield [{ a: ++given }]
    } finally {
      isOver = true
    }
  }
  const reader = (await exportAnswer('ndjson', endless(), texts)).body?.getReader()
  await reader?.read()
  await reader?.read()
  assert.ok(given < 6, `${given} rows read ahead`)
  await reader?.cancel()
  assert.ok(isOver)
})

test('the format is that of the address, else that which is accepted, else JSON', () => {
  const of = (query: string, accept: string | null = null) => formatOf(new URL(`http://x/y${query}`), accept)
  assert.equal(of(''), 'json')
  assert.equal(of('?format=csv', 'application/json'), 'csv')
  assert.equal(of('', 'text/csv'), 'csv')
  assert.equal(of('', 'application/x-ndjson, */*'), 'ndjson')
  assert.equal(of('?format=xls'), null)
  assert.equal(of('', 'text/html,*/*'), 'json')
})

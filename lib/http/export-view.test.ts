import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { context } from '#lib/access/context.ts'
import { asLocal } from '#lib/access/testing.ts'
import { detectionKeys } from '#lib/asr/detections.ts'
import { sortColumns, stackTotals } from '#lib/params/columns.ts'
import { literal } from '#lib/params/link.ts'
import type { TableName } from '#lib/params/params.ts'
import { openSeededStore } from '#lib/query/testing.ts'
import { closeStore } from '#lib/store/open.ts'
import { visibleText } from '#lib/text/visible.ts'
import { harmless } from './csv-text.ts'
import { serveTable } from './serve-table.ts'

const seeded = openSeededStore(1200)
process.env.DATA_DIR = seeded.folder
after(async () => {
  await closeStore()
  await seeded.close()
})

type Row = Record<string, unknown>
const get = async (table: TableName, search: URLSearchParams, more: Record<string, string> = {}) => {
  const asked = new URLSearchParams([...search, ...Object.entries(more)])
  const request = new Request(`http://127.0.0.1/api/v1/${table}?${asked}`)
  const answer = await asLocal(async () => serveTable(await context(), request, table))
  const text = await answer.text()
  assert.equal(answer.status, 200, `${table}?${asked}: ${text.slice(0, 300)}`)
  return text
}

/** The rows that a reader sees who turns every page. */
async function viewed(table: TableName, search: URLSearchParams): Promise<Row[]> {
  const all: Row[] = []
  for (let page = 1; ; page += 1) {
    const { rows, total } = JSON.parse(await get(table, search, { page: String(page), limit: '90' })) as {
      rows: Row[]
      total: number
    }
    all.push(...rows)
    if (rows.length < 90) {
      assert.equal(all.length, total)
      return all
    }
  }
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const next = random(7)
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item
const fields = ['dest', 'ID', 'EventCode', 'Process_Name', 'Path', 'Parent_Commandline', 'User']

/** A view at random: some filters that have rows, an order of up to three columns, a mode, a range. */
function someView(table: TableName, rows: readonly Row[]): URLSearchParams {
  const search = new URLSearchParams()
  for (let count = Math.floor(next() * 3); count > 0; count -= 1) {
    const field = pick(fields)
    const value = pick(rows)[field]
    if (value === null || value === undefined) continue
    const text = String(value)
    const written = pick([literal(text), `!${literal(text)}`, `*${text.slice(-4).replaceAll('*', '')}*`, '!*e*'])
    search.append(field, written)
  }
  const by = pick(['ID,Path.normalised', 'dest,User', 'Process_Name.folder,EventCode', 'mode,Target_Commandline.name'])
  const columns =
    table === 'stack'
      ? [...by.split(',').map((field) => field.split('.')[0] ?? ''), ...stackTotals]
      : sortColumns[table]
  const order = [...new Set([pick(columns), pick(columns), pick(columns)])]
  if (table === 'stack') {
    search.set('by', by)
    if (next() < 0.4) search.set('maxHosts', pick(['1', '3']))
  }
  search.set('sort', order.map((column) => (next() < 0.5 ? '-' : '') + column).join())
  if (next() < 0.3) search.set('mode', 'faithful')
  if (next() < 0.3) search.set('q', pick(['e', 'win', 'cmd', '*.exe']))
  if (next() < 0.3) search.set('last', pick(['3d', '12h', '40d']))
  if (search.has('last')) search.set('anchor', 'newest')
  return search
}

/** Whether a value is a list of texts; one of objects is written as JSON. */
const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each !== 'object')

const csvCell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : harmless(isList(value) ? value.join('\n') : typeof value === 'object' ? JSON.stringify(value) : `${value}`)

/** A cell of Markdown as it reads: code spans without their fences, pipes as they are. */
const markdownCell = (cell: string): string =>
  cell
    .replace(/(`+)(?!`)(.*?[^`])\1(?!`)/g, (_, __, text: string) =>
      /^ .*[^ ].* $/.test(text) ? text.slice(1, -1) : text,
    )
    .replaceAll('&#124;', '|')
const markdownValue = (value: unknown): string =>
  value === null || value === undefined
    ? 'NULL'
    : Array.isArray(value)
      ? value.map(markdownValue).join('; ')
      : visibleText(typeof value === 'object' ? JSON.stringify(value) : String(value))

const asked: TableName[] = [...detectionKeys, 'events', 'hosts', 'rules', 'stack']
for (const table of asked) {
  test(`${table}: under random filters and orders, each file has exactly the rows of the view, in their order`, async () => {
    const sample = JSON.parse(await get('events', new URLSearchParams({ limit: '500' }))) as { rows: Row[] }
    let nonEmpty = 0
    for (let run = 0; run < 12; run += 1) {
      const search = someView(table, sample.rows)
      const rows = await viewed(table, search)
      const where = `${table}?${search}`
      if (rows.length > 0) nonEmpty += 1

      const ndjson = await get(table, search, { format: 'ndjson' })
      const lines = ndjson.split('\n').filter((line) => line !== '')
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)),
        rows,
        where,
      )

      const [head = [], ...cells] = parse(await get(table, search, { format: 'csv' })) as string[][]
      assert.deepEqual(
        cells,
        rows.map((row) => head.map((column) => csvCell(row[column]))),
        where,
      )

      const markdown = await get(table, search, { format: 'md' })
      assert.ok(
        markdown.includes(`
- rows: ${Math.min(rows.length, 1000)} of ${rows.length}`),
        where,
      )
      const [columns = [], , ...shown] = markdown
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .map((line) => line.slice(2, -2).split(' | ').map(markdownCell))
      assert.deepEqual(
        shown,
        rows.slice(0, 1000).map((row) => columns.map((column) => markdownValue(row[column]))),
        where,
      )
    }
    assert.ok(nonEmpty >= 4, `only ${nonEmpty} views had rows`)
  })
}

test('a header says what the rows are, only if it is asked for, and readers that skip comments read the same rows', async () => {
  const search = new URLSearchParams({ EventCode: '1121', sort: '-count,dest', last: '3d', anchor: 'newest' })
  const plain = await get('stacking', search, { format: 'csv' })
  const headed = await get('stacking', search, { format: 'csv', header: '1' })
  assert.match(plain, /^dest,/m)
  assert.doesNotMatch(plain, /^#/m)
  assert.match(
    headed,
    /^# table: stacking\n# from: \d{4}-.*Z\n# to: \d{4}-.*Z\n# mode: complete\n# filters: EventCode=1121\n# sort: -count \| dest\n# dispositions: not applied\n# uploads: .+\n# view: \/stacking\?from=/,
  )
  assert.deepEqual(parse(headed, { comment: '#', comment_no_infix: true }), parse(plain))

  const lines = (await get('stacking', search, { format: 'ndjson', header: '1' })).trimEnd().split('\n')
  const { meta } = JSON.parse(lines[0] ?? '') as { meta: Record<string, string[]> }
  assert.deepEqual(meta.filters, ['EventCode=1121'])
  assert.equal(`${lines.slice(1).join('\n')}\n`, await get('stacking', search, { format: 'ndjson' }))

  // The link shows the same rows, now and later.
  const [view = ''] = meta.view ?? []
  const again = new URL(view, 'http://x').searchParams
  assert.equal(await get('stacking', again, { format: 'csv' }), plain)
})

test('Markdown has a thousand rows at most and says how many are left out', async () => {
  const text = await get('events', new URLSearchParams({ format: 'md', columns: '_time,dest' }))
  assert.match(text, /^- rows: 1000 of \d+ \(1 to 1000\), \d+ left out$/m)
  assert.equal(text.split('\n').filter((line) => line.startsWith('| ')).length, 1002)
  assert.match(text, /^\| `_time` \| dest \|$/m)
  const second = await get('events', new URLSearchParams({ format: 'md', limit: '10', page: '2' }))
  assert.match(second, /rows: 10 of \d+ \(11 to 20\), \d+ left out/)
})

test('a header and Markdown are refused where they make no sense', async () => {
  for (const [query, message] of [
    ['header=1', /header=1: JSON has no header/],
    ['format=csv&header=yes', /header=yes: Give 1/],
    ['format=md&limit=1001', /limit=1001/],
  ] as const) {
    const request = new Request(`http://127.0.0.1/api/v1/stacking?${query}`)
    const answer = await asLocal(async () => serveTable(await context(), request, 'stacking'))
    assert.equal(answer.status, 400, query)
    assert.match(await answer.text(), message)
  }
})

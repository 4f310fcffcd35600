import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import { parse } from 'csv-parse/sync'
import { context } from '#lib/access/context.ts'
import { asLocal } from '#lib/access/testing.ts'
import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { log } from '#lib/log/log.ts'
import { rowColumns, sortColumns } from '#lib/params/columns.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { TableName } from '#lib/params/params.ts'
import { openSeededStore } from '#lib/query/testing.ts'
import { closeStore } from '#lib/store/open.ts'
import { errorAnswer, notFoundAnswer, route } from './answer.ts'
import { harmless } from './csv-text.ts'
import { openApi } from './openapi/document.ts'
import { serveTable } from './serve-table.ts'
import { tables } from './tables.ts'

const seeded = openSeededStore(1200)
process.env.DATA_DIR = seeded.folder
after(async () => {
  await closeStore()
  await seeded.close()
})

const get = async (table: TableName, query = '', headers: Record<string, string> = {}) =>
  asLocal(async () =>
    serveTable(await context(), new Request(`http://127.0.0.1/api/v1/${table}?${query}`, { headers }), table),
  )

type Body = { total: number; rows: Record<string, unknown>[]; events: number; faithfulEvents: number }
const json = async (table: TableName, query = ''): Promise<Body> => (await get(table, query)).json() as Promise<Body>
const lines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const names = Object.keys(tables) as TableName[]

test('every table answers with its total and a page of rows, times in ISO 8601 and counts as numbers', async () => {
  for (const table of names) {
    const { total, rows } = await json(table, table === 'risk' ? 'anchor=newest' : '')
    assert.ok(total > 0 && rows.length > 0, table)
    assert.ok(rows.length <= Math.max(100, total))
    for (const row of rows.slice(0, 5)) {
      for (const name of ['firstTime', 'lastTime', '_time', 'createdAt']) {
        if (typeof row[name] === 'number') assert.fail(`${table}.${name} is a number`)
        if (row[name] != null) assert.match(String(row[name]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      }
      for (const name of ['count', 'EventCode', 'score', 'events']) {
        if (row[name] !== undefined) assert.equal(typeof row[name], 'number', `${table}.${name}`)
      }
    }
  }
})

test('detection rows carry the columns of their search; what is missing is the text NULL there and null in events', async () => {
  for (const key of detectionKeys) {
    const { rows } = await json(key)
    for (const row of rows) {
      assert.deepEqual(
        Object.keys(row).filter((name) => name !== 'stack' && name !== 'faithful'),
        rowColumns[key],
      )
      for (const column of detections[key].columns)
        assert.ok(row[column] !== null && row[column] !== '', `${key}.${column}`)
    }
  }
  const { rows } = await json('events', 'Path=NULL')
  assert.ok(rows.length > 0)
  for (const row of rows) assert.equal(row.Path, null)
})

test('a file has the columns that are named, in their order, and its name says what it is', async () => {
  const answer = await get('audit', 'format=csv&columns=count,dest,stack&sort=-count&from=2001-01-01')
  assert.match(
    answer.headers.get('content-disposition') ?? '',
    /^attachment; filename="asr-audit_since-2001-01-01_\d{8}T\d{6}Z\.csv"$/,
  )
  const rows = parse(await answer.text(), { columns: true }) as Record<string, string>[]
  const { rows: all } = await json('audit', 'limit=10000&sort=-count')
  assert.ok(all.length > 10)
  const wanted = all.map(({ count, dest, stack }) => ({ count: String(count), dest, stack: harmless(String(stack)) }))
  assert.deepEqual(rows, wanted)
  assert.deepEqual(Object.keys(rows[0] ?? {}), ['count', 'dest', 'stack'])
  const ndjson = lines(await (await get('audit', 'format=ndjson&columns=lastTime,dest&limit=3')).text())
  assert.deepEqual(
    ndjson.map((row) => Object.keys(row)),
    Array(3).fill(['lastTime', 'dest']),
  )
  assert.match(String(ndjson[0]?.lastTime), /^\d{4}-.*Z$/)
  for (const table of names) {
    const columns = Object.keys(tables[table].row.shape).toReversed()
    const text = await (await get(table, `format=csv&columns=${columns.map(encodeURIComponent)}`)).text()
    assert.equal(text.split('\n')[0], columns.join(','), table)
  }
  const risk = await get('risk', 'format=csv&anchor=newest')
  assert.match(
    risk.headers.get('content-disposition') ?? '',
    /asr-risk_\d{4}-\d\d-\d\dT\d{6}Z--\d{4}-\d\d-\d\dT\d{6}Z_/,
  )
})

test('a column that the rows do not have is named, and JSON has all', async () => {
  for (const [query, message] of [
    [
      'format=csv&columns=dest,colour,User',
      /^columns=colour,User: These are not columns of the rows, which have stack, faithful, dest, /,
    ],
    ['format=ndjson&columns=__proto__', /^columns=__proto__: This is not a column /],
    ['columns=dest', /^columns=dest: JSON has every column/],
  ] as const) {
    const answer = await get('stacking', query)
    assert.equal(answer.status, 400)
    const { error } = (await answer.json()) as { error: { message: string } }
    assert.match(error.message, message)
  }
})

test('rules lists every rule of the lookup, fired or not, and every other that fired', async () => {
  const { rows } = await json('rules')
  assert.equal(rows.filter(({ known }) => known).length, 19)
  const none = await json('rules', 'from=2001-01-01&to=2001-01-02')
  assert.equal(none.rows.length, 19)
  assert.deepEqual([none.rows[0]?.events, none.rows[0]?.firstTime], [0, null])
})

test('risk rows are named as the second drilldown names its columns, with score', async () => {
  const { rows } = await json('risk', 'anchor=newest')
  const wanted = [
    'normalized_risk_object',
    'score',
    'count',
    'firstTime',
    'lastTime',
    'Search Name',
    'Risk Message',
    'Analytic Stories',
    'Annotations',
    'ATT&CK Tactics',
  ]
  for (const name of wanted) assert.ok(name in (rows[0] ?? {}), name)
})

test('CSV and NDJSON have every row of the table in its order, however long a page is', async () => {
  const all = 'limit=10000'
  for (const table of names) {
    const query = table === 'risk' ? 'anchor=newest' : ''
    const { rows, total } = await json(table, `${query}&${all}`)
    const ndjson = lines(await (await get(table, `${query}&format=ndjson`)).text())
    assert.equal(ndjson.length, total, table)
    assert.deepEqual(ndjson, rows, table)
    const [head = [], ...cells] = parse(await (await get(table, `${query}&format=csv`)).text()) as string[][]
    assert.deepEqual(head, tables[table].columns(defaultParams(table)), table)
    assert.equal(cells.length, total, table)
    const cut = lines(
      await (await get(table, `${query}&format=ndjson&limit=2&page=2`)).text().then((text) => text || '[]'),
    )
    if (total > 3) assert.deepEqual(cut, rows.slice(2, 4), table)
  }
})

test('a CSV has the values of the table, made harmless', async () => {
  const { rows } = await json('stacking', 'limit=10000')
  const cells = parse(await (await get('stacking', 'format=csv')).text(), { columns: true }) as Record<string, string>[]
  for (const [index, row] of rows.entries()) {
    for (const column of detections.stacking.columns)
      assert.equal(cells[index]?.[column], harmless(String(row[column])))
  }
})

test('a table can be had in the order of each of its columns', async () => {
  for (const table of names) {
    for (const column of sortColumns[table]) {
      const up = await json(
        table,
        `sort=${encodeURIComponent(column)}&limit=10000${table === 'risk' ? '&anchor=newest' : ''}`,
      )
      const down = await json(
        table,
        `sort=-${encodeURIComponent(column)}&limit=10000${table === 'risk' ? '&anchor=newest' : ''}`,
      )
      assert.equal(up.rows.length, down.rows.length, `${table} by ${column}`)
      const values = (rows: Body['rows']) => rows.map((row) => row[column])
      if (column in (up.rows[0] ?? {}))
        assert.deepEqual(values(up.rows), values(down.rows).reverse(), `${table} by ${column}`)
    }
  }
})

test('a page past the end is empty and still says how many rows there are', async () => {
  for (const table of names) {
    const query = table === 'risk' ? 'anchor=newest' : ''
    const { total } = await json(table, query)
    const past = await json(table, `${query}&page=1000`)
    assert.deepEqual([past.total, past.rows], [total, []], table)
    assert.deepEqual((await json(table, `${query}&page=1000000&limit=10000`)).rows, [], table)
  }
})

test('a parameter that makes no sense is named in a 400, with what would be right', async () => {
  const answer = await get('stacking', 'from=yesterday&page=0&colour=red')
  assert.equal(answer.status, 400)
  const { error } = (await answer.json()) as { error: { code: string; message: string; detail: { param: string }[] } }
  assert.equal(error.code, 'bad-parameter')
  assert.deepEqual(
    error.detail.map(({ param }) => param),
    ['from', 'page', 'colour'],
  )
  assert.match(error.message, /2026-11-20/)
  assert.equal((await get('stacking', 'format=xls')).status, 400)
})

test('a hundred filter values of any text are answered', async () => {
  const many = Array.from({ length: 100 }, (_, index) => `ID=${index}`).join('&')
  assert.equal((await json('stacking', many)).total, 0)
  assert.equal((await json('stacking', many.replaceAll('ID=', 'ID=!'))).total, (await json('stacking')).total)
  for (const text of [
    '%',
    '_',
    '\\',
    "'",
    '"',
    '*'.repeat(500),
    'a*'.repeat(100),
    '\u0000',
    '\ud800',
    '😀',
    '('.repeat(2000),
  ]) {
    for (const table of ['stacking', 'registry', 'events', 'rules'] as const) {
      for (const name of ['q', 'dest']) {
        const answer = await get(table, `${name}=${encodeURIComponent(text.toWellFormed())}`)
        assert.equal(answer.status, 200, `${table} ${name}=${text.slice(0, 20)}`)
      }
    }
  }
})

test('more filter values, wildcards, columns or rows than there can be are refused; exports have as many rows as they like', async () => {
  const values = Array.from({ length: 101 }, (_, index) => `ID=${index}`).join('&')
  const columns = `sort=${Array.from({ length: 2500 }, () => 'count').join(',')}`
  for (const query of [values, columns, `q=${'a*'.repeat(101)}`, 'limit=10001', 'page=1000001']) {
    const answer = await get('stacking', query)
    assert.equal(answer.status, 400, query.slice(0, 30))
    const { error } = (await answer.json()) as { error: { code: string; detail: unknown[] } }
    assert.deepEqual([error.code, error.detail.length], ['bad-parameter', 1])
  }
  const { total } = await json('events')
  for (const format of ['csv', 'ndjson']) {
    const text = await (await get('events', `limit=1000000000&format=${format}`)).text()
    assert.ok(text.trimEnd().split('\n').length >= total)
    assert.equal((await get('events', `format=${format}&page=1000000&limit=1000000000`)).status, 200)
  }
})

test('what a route answers as JSON writes no control or direction character to a terminal, and reads as the same', async () => {
  const name = 'a\u001b[2J\u009bb\u202ec.evtx'
  const answer = await asLocal(route(async () => Response.json({ name }, { status: 201, headers: { Location: '/x' } })))
  assert.deepEqual([answer.status, answer.headers.get('Location')], [201, '/x'])
  const text = await answer.text()
  assert.doesNotMatch(text, /\p{C}/u)
  assert.deepEqual(JSON.parse(text), { name })
})

test('an error has a code, a message and a detail; what the server did wrong stays with the server', async (t) => {
  assert.deepEqual(await errorAnswer(409, 'exists', 'There is one.').json(), {
    error: { code: 'exists', message: 'There is one.', detail: null },
  })
  assert.equal(notFoundAnswer('upload 5').status, 404)
  const logged = t.mock.method(log, 'error', () => {})
  const answer = await asLocal(
    route(async () => {
      throw new Error('secret path /x')
    }),
  )
  assert.equal(answer.status, 500)
  assert.doesNotMatch(await answer.text(), /secret/)
  const [call] = logged.mock.calls
  assert.match(inspect(call?.arguments), /secret/)
})

test('the OpenAPI document names every table and every parameter of the contract', () => {
  const { paths } = openApi() as { paths: Record<string, { get: { parameters: { name: string }[] } }> }
  for (const table of names) assert.ok(paths[`/api/v1/${table}`], table)
  const named = paths['/api/v1/stacking']?.get.parameters.map(({ name }) => name) ?? []
  const wanted =
    'from to last anchor mode dest ID EventCode Process_Name Path Parent_Commandline Target_Commandline User feature q sort page limit format'
  for (const name of wanted.split(' ')) assert.ok(named.includes(name), name)
})

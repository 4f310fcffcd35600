import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { GET as getEvent } from '#app/api/v1/events/[id]/route.ts'
import { context } from '#lib/access/context.ts'
import { asLocal } from '#lib/access/testing.ts'
import { readEventKey } from '#lib/asr/event-key.ts'
import { isStackKey, stackKey } from '#lib/asr/stack-key.ts'
import { event } from '#lib/ingest/testing.ts'
import type { TableName } from '#lib/params/params.ts'
import { openSeededStore } from '#lib/query/testing.ts'
import { closeStore } from '#lib/store/open.ts'
import { openApi } from './openapi/document.ts'
import { serveTable } from './serve-table.ts'
import { tables } from './tables.ts'

const seeded = openSeededStore(1200)
seeded.add([
  event(5007, 'PC1', 1_790_000_000_000, {
    'New Value': 'HKLM\\x\\Windows Defender Exploit Guard\\ASR\\ASROnlyExclusions\\C:\\Users\\Public = 0x0',
  }),
])
process.env.DATA_DIR = seeded.folder
after(async () => {
  await closeStore()
  await seeded.close()
})

type Row = Record<string, unknown>
type Failure = { error: { code: string; message: string; detail: unknown } }
const get = async (table: TableName, query = '') =>
  asLocal(async () => serveTable(await context(), new Request(`http://127.0.0.1/api/v1/${table}?${query}`), table))
const rowsOf = async (table: TableName, query = ''): Promise<Row[]> =>
  ((await (await get(table, query)).json()) as { rows: Row[] }).rows
const eventOf = (id: string, query = '') =>
  asLocal(() =>
    getEvent(new Request(`http://127.0.0.1/api/v1/events/${id}?${query}`), {
      params: Promise.resolve({ id }),
    } as never),
  )

const names = Object.keys(tables) as TableName[]
const query = (table: TableName) => (table === 'risk' ? 'anchor=newest' : '')

test('no row of any table has a row number; stacks and events have stable keys', async () => {
  for (const table of names) {
    const rows = await rowsOf(table, query(table))
    assert.ok(rows.length > 0, table)
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        assert.ok(!/^(event|seq|key|hash|ordinal)$|_id$/.test(name), `${table}.${name}`)
        if (name === 'stack') assert.ok(isStackKey(String(value)), `${table}.stack`)
        if (name === 'id') assert.equal(typeof value, 'string', `${table}.id`)
        if (name === 'id' && table === 'events') assert.notEqual(readEventKey(String(value)), null)
      }
    }
  }
})

test('the OpenAPI document has no number that names a stack or an event', () => {
  const { paths } = openApi() as { paths: Record<string, Record<string, { parameters?: Row[] }>> }
  const parameters = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ parameters = [] }) =>
      parameters.map(({ name, schema }) => ({ path, name, type: (schema as Row).type })),
    ),
  )
  const named = parameters.filter(({ name }) => name === 'stack' || name === 'id')
  assert.ok(named.length > 5)
  for (const { path, name, type } of named) assert.equal(type, 'string', `${name} of ${path}`)
})

test('an event is had by its key, as JSON and as XML; an unknown one is 404', async () => {
  const [row] = await rowsOf('events', 'EventCode=1121')
  const answer = await eventOf(String(row?.id))
  assert.equal(answer.status, 200)
  const detail = (await answer.json()) as Row
  assert.deepEqual([detail.id, detail._time, detail.dest], [row?.id, row?._time, row?.dest])
  assert.ok(isStackKey(String(detail.stack)))
  const [stack] = await rowsOf('stacking', `stack=${detail.stack}`)
  assert.deepEqual([stack?.stack, stack?.dest], [detail.stack, row?.dest])
  // The simulator's events have no System fields here, so there is no XML; the key is found all the same.
  const xml = (await (await eventOf(String(row?.id), 'format=xml')).json()) as Failure
  assert.match(xml.error.message, /XML of event e/)
  assert.equal((await eventOf(String(row?.id), 'fromat=xml')).status, 400)
  for (const id of ['e', 'nothing', stackKey([], []), `e${'A'.repeat(31)}`]) {
    assert.equal((await eventOf(id)).status, 404, id)
  }
})

test('an id or a stack of a link made before 0.2 is answered with 410, in every table and format', async () => {
  const answers = [eventOf('1'), eventOf('123', 'format=xml'), eventOf('99999999999999999999')]
  for (const table of names) answers.push(get(table, 'stack=123'), get(table, 'stack=1&format=csv&page=0'))
  for (const answer of await Promise.all(answers)) {
    assert.equal(answer.status, 410)
    const { error } = (await answer.json()) as Failure
    assert.equal(error.code, 'old-link')
    assert.match(error.message, /made before version 0\.2/)
  }
  const malformed = await get('events', 'stack=abc')
  assert.equal(malformed.status, 400)
  const unknown = (await (await get('stacking', `stack=${stackKey([], [])}`)).json()) as Row
  assert.deepEqual([unknown.total, unknown.rows], [0, []])
})

test('Exclusion and weakened are in the rows of the configuration detections and in their exports', async () => {
  for (const table of ['registry', 'disabled'] as const) {
    for (const row of await rowsOf(table)) assert.ok('Exclusion' in row && (row.weakened === 0 || row.weakened === 1))
    const [head = []] = parse(await (await get(table, 'format=csv')).text()) as string[][]
    assert.deepEqual(head.slice(-2), ['Exclusion', 'weakened'])
  }
  const excluded = (await rowsOf('registry')).find(({ Exclusion }) => Exclusion !== null)
  assert.deepEqual([excluded?.Exclusion, excluded?.weakened], ['C:\\Users\\Public', 1])
  const text = await (await get('registry', 'format=ndjson&dest=PC1')).text()
  assert.equal(JSON.parse(text).Exclusion, 'C:\\Users\\Public')
  const [change] = await rowsOf('events', 'dest=PC1')
  assert.equal(change?.Exclusion, 'C:\\Users\\Public')
  const detail = (await (await eventOf(String(change?.id))).json()) as Row
  assert.equal(detail.Exclusion, 'C:\\Users\\Public')
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { GET as getTable } from '#app/api/v1/[table]/route.ts'
import { GET as getEvents } from '#app/api/v1/stack/[key]/events/route.ts'
import { GET as getMembers } from '#app/api/v1/stack/[key]/route.ts'
import { asLocal, endProcess } from '#lib/access/testing.ts'
import { openSeededStore } from '#lib/query/testing.ts'

const seeded = openSeededStore(1200)
process.env.DATA_DIR = seeded.folder
after(async () => {
  await endProcess()
  await seeded.close()
})

const asked = (query: string) => new Request(`http://127.0.0.1/api/v1/?${query}`)
const at = (params: Record<string, string>) => ({ params: Promise.resolve(params) }) as never
const stacks = (query: string) => asLocal(() => getTable(asked(query), at({ table: 'stack' })))
const members = (key: string, query: string) => asLocal(() => getMembers(asked(query), at({ key })))
const events = (key: string, query: string) => asLocal(() => getEvents(asked(query), at({ key })))

type Row = { stack: string; events: number; hosts: number; users: number; ID: string; Process_Name: string }
type Stacks = { total: number; events: number; stacks: number; leftOut: { events: number }; rows: Row[] }
type Members = {
  row: Row
  hosts: { total: number; rows: { events: number }[] }
  days: { blocked: number; audited: number; overridden: number; changed: number }[]
}
type Events = { total: number; rows: { _time: string; ID: string | null; Process_Name: string | null }[] }
const json = async <Answer>(answer: Response): Promise<Answer> => (await answer.json()) as Answer

const by = 'by=ID,Process_Name'

test('the stacks of any fields add up to the events of the filter, and each consists of what its row counts', async () => {
  const { rows, events: all, total } = await json<Stacks>(await stacks(`${by}&limit=10000`))
  assert.equal(rows.length, total)
  assert.equal(
    rows.reduce((sum, row) => sum + row.events, 0),
    all,
  )
  for (const row of [...rows.slice(0, 3), ...rows.slice(-2)]) {
    const found = await json<Members>(await members(row.stack, by))
    assert.deepEqual(found.row, row)
    assert.equal(found.hosts.total, row.hosts)
    const perDay = found.days.map((day) => day.blocked + day.audited + day.overridden + day.changed)
    assert.equal(
      perDay.reduce((sum, count) => sum + count, 0),
      row.events,
    )
    const page = await json<Events>(await events(row.stack, `${by}&limit=7`))
    assert.equal(page.total, row.events)
    assert.equal(page.rows.length, Math.min(7, row.events))
    for (const event of page.rows) {
      assert.equal(event.ID ?? 'NULL', row.ID)
      assert.equal(event.Process_Name ?? 'NULL', row.Process_Name)
    }
    const times = page.rows.map(({ _time }) => _time)
    assert.deepEqual(times, times.toSorted().toReversed())
  }
})

test('a key is that of its fields: under others, or under a filter without its events, it names no stack', async () => {
  const { rows } = await json<Stacks>(await stacks(by))
  const key = rows[0]?.stack ?? ''
  for (const query of ['by=Process_Name,ID', `${by}&dest=nobody`, `${by}&to=1999-01-01`]) {
    for (const ask of [members, events]) {
      const answer = await ask(key, query)
      assert.equal(answer.status, 404, query)
      const { error } = await json<{ error: { code: string } }>(answer)
      assert.equal(error.code, 'not-found')
    }
  }
  assert.equal((await members('12', by)).status, 404)
})

test('what says which stacks a table shows is an error for one stack', async () => {
  const { rows } = await json<Stacks>(await stacks(by))
  const key = rows[0]?.stack ?? ''
  for (const query of ['maxHosts=1', 'hint=temp', 'seen=new', 'sort=events', 'nonsense=1', 'by=Moon', 'page=2']) {
    const answer = await members(key, query.startsWith('by') ? query : `${by}&${query}`)
    assert.equal(answer.status, 400, query)
    const { error } = await json<{ error: { detail: { param: string }[] } }>(answer)
    assert.deepEqual(
      error.detail.map(({ param }) => param),
      [query.split('=')[0]],
    )
  }
  assert.equal((await events(key, `${by}&page=1&limit=2`)).status, 200)
  assert.equal((await events(key, `${by}&page=0`)).status, 400)
})

test('the filters that only stacks have narrow the table, a stack and its events alike', async () => {
  const query = 'by=Process_Name&Process_Name.name=w*.exe'
  const { rows } = await json<Stacks>(await stacks(`${query}&limit=1000`))
  assert.ok(rows.length > 1)
  for (const { Process_Name } of rows) assert.match(Process_Name.toLowerCase(), /(^|\\)w[^\\]*\.exe$/)
  const { stack: key = '', events: count } = rows[0] ?? {}
  const found = await json<Members>(await members(key, query))
  assert.equal(found.row.events, count)
  assert.equal((await json<Events>(await events(key, query))).total, count)
  assert.equal((await members(key, 'by=Process_Name&Process_Name.name=!w*.exe')).status, 404)
  const hosts = await asLocal(() => getTable(asked('Process_Name.name=w*'), at({ table: 'hosts' })))
  assert.equal(hosts.status, 400)
})

test('a CSV of stacks has its dispositions as text', async () => {
  const answer = await stacks(`${by}&format=csv&columns=events,dispositions&limit=1`)
  assert.match(await answer.text(), /^events,dispositions\n\d+,"\[\{""disposition"":null,""events"":\d+\}\]"\n$/)
})

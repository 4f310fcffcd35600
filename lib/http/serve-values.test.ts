import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { GET } from '#app/api/v1/values/[table]/route.ts'
import { asLocal, endProcess } from '#lib/access/testing.ts'
import { openSeededStore } from '#lib/query/testing.ts'

const seeded = openSeededStore(600)
process.env.DATA_DIR = seeded.folder
after(async () => {
  await endProcess()
  await seeded.close()
})

const get = async (table: string, query: string) => {
  const request = new Request(`http://127.0.0.1/api/v1/values/${table}?${query}`)
  const answer = await asLocal(() => GET(request, { params: Promise.resolve({ table }) }))
  return { status: answer.status, body: (await answer.json()) as never }
}
type Values = { total: number; events: number; rows: { value: string; count: number }[] }
type Failure = { error: { code: string; detail: { param: string }[] } }

test('the values of a field are answered under the range and the other filters', async () => {
  const { status, body } = await get('events', 'field=EventCode&EventCode=1121&EventCode=!5007&dest=*1*')
  assert.equal(status, 200)
  const counts = new Map<string, number>()
  for (const { EventCode, dest } of seeded.events)
    if (EventCode !== 5007 && dest.includes('1'))
      counts.set(String(EventCode), (counts.get(String(EventCode)) ?? 0) + 1)
  const { rows, total, events } = body as Values
  assert.deepEqual(Object.fromEntries(rows.map(({ value, count }) => [value, count])), Object.fromEntries(counts))
  assert.equal(total, counts.size)
  assert.equal(
    events,
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  )
  assert.equal(((await get('audit', 'field=dest&limit=2')).body as Values).rows.length, 2)
})

test('a field, a parameter or a table that does not exist is named', async () => {
  for (const [query, param] of [
    ['', 'field'],
    ['field=colour', 'field'],
    ['field=Path&colour=red', 'colour'],
    ['field=Path&page=2', 'page'],
    ['field=Path&sort=dest', 'sort'],
    ['field=Path&from=yesterday', 'from'],
    [`field=Path&find=${'a*'.repeat(101)}`, 'find'],
    [`field=Path&Path=${'a*'.repeat(101)}`, 'Path'],
  ] as const) {
    const { status, body } = await get('stacking', query)
    assert.equal(status, 400, query)
    assert.deepEqual(
      (body as Failure).error.detail.map((each) => each.param),
      [param],
      query,
    )
  }
  const { status, body } = await get('hosts', 'field=Path')
  assert.equal(status, 404)
  assert.equal((body as Failure).error.code, 'not-found')
})

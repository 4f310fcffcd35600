import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { noLimit, type PageRange } from '#lib/params/page.ts'
import type { Sort } from '#lib/params/params.ts'
import { ask, asked } from '#lib/query/question.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { sorted } from '../../testing-order.ts'
import { openReads } from '../reads/reads.ts'
import { openEngine } from './engine.ts'
import { type Source, sourceOf } from './source.ts'

const count = 25_000
const start = Date.parse('2026-03-02T08:00:00Z')
const rule = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const fixture = openFixture()
after(fixture.close)
// Few different values, of which some are missing, in no order: most events are equal in several columns.
const text = (name: string, at: number, different: number): Record<string, string> => {
  const value = (at * 7919) % (different + 1)
  return value === 0 ? {} : { [name]: `${'äZa\u{1f4bb}'.slice(value % 3)}${value}` }
}
fixture.add(
  Array.from({ length: count }, (_, at) =>
    event(
      1121,
      `PC${at % 3}`,
      start + ((at * 104_729) % 5000) * 1000,
      { ID: rule, ...text('Path', at, 11), ...text('User', at, 5), ...text('Target Commandline', at, 3) },
      at + 1,
    ),
  ),
)
const reads = openReads(fixture.sql)
const engine = openEngine(fixture.file)
after(() => engine.close())

const question = await ask(reads, paramsOf('stack', 'by=ID'), 0)
const everything = {
  ...{ by: [{ column: 'ID', step: 'exact' }] as const, groups: [], since: null, decisions: [], hides: false },
  ...{ range: { from: null, to: null }, filter: { sql: 'true', values: [] }, codes: null, stackFilters: [] },
}
const limits = { rare: { hosts: null, events: null, share: null }, newness: null, minRatio: null, hint: null, sort: [] }
const { rows } = await engine.page({ ...everything, ...limits, page: { offset: 0, limit: 1 } })
const stack = rows[0]?.stack ?? assert.fail('there is no stack')

const stored: EventRow[] = []
for await (const chunk of reads.eventRows({ ...asked(question), sort: [], page: { offset: 0, limit: noLimit } }))
  stored.push(...chunk)
// As they were stored: a record id is one more than that of the event before.
stored.sort((a, b) => (a.EventRecordID ?? 0) - (b.EventRecordID ?? 0))

const order = (text: string): Sort[] =>
  text.split(',').map((each) => ({ column: each.replace('-', ''), descending: each.startsWith('-') }))

test('a page of the events of a stack is that of the naive order: with ties, nulls and several columns, near and deep', async () => {
  assert.equal(stored.length, count)
  const pages: PageRange[] = [
    { offset: 0, limit: 50 },
    { offset: 9_990, limit: 20 },
    { offset: 17_000, limit: 100 },
    { offset: count - 7, limit: 50 },
    { offset: count, limit: 50 },
  ]
  for (const text of [
    '_time',
    '-_time',
    'Path',
    '-Path',
    'User,-Path',
    '-User,_time',
    'Target_Commandline,User,-dest',
  ]) {
    const expected = sorted(stored, order(text))
    for (const page of pages) {
      const found = await engine.events({ ...everything, stack, sort: order(text), page })
      assert.equal(found.total, count)
      assert.deepEqual(
        found.rows.map(({ id }) => id),
        expected.slice(page.offset, page.offset + page.limit).map(({ id }) => id),
        `${text} from ${page.offset}`,
      )
    }
  }
})

test('a question about the events of a stack is given up while they are sorted', async () => {
  const page = { offset: 0, limit: 10 }
  const sort = order('Path,User')
  const sortings: string[] = []
  let isLeaving = false
  const leaving = openEngine(fixture.file, (db): Source => {
    const source = sourceOf(db)
    const rows: Source['rows'] = (sql, values) => {
      if (sql.includes('json_each')) sortings.push(sql)
      // Whoever asked leaves while the first part is sorted.
      if (isLeaving && sortings.length === 1) leaving.cancel()
      return source.rows(sql, values)
    }
    return { ...source, rows }
  })
  try {
    assert.equal((await leaving.events({ ...everything, stack, sort, page })).rows.length, 10)
    assert.equal(sortings.length, 3)
    sortings.length = 0
    isLeaving = true
    await assert.rejects(leaving.events({ ...everything, stack, sort, page }), { name: 'Cancelled' })
    assert.equal(sortings.length, 1)
  } finally {
    leaving.close()
  }
})

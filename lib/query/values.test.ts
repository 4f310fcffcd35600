import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { codes, featureNames } from '#lib/asr/codes.ts'
import { detections } from '#lib/asr/detections.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { literal } from '#lib/params/link.ts'
import { type FilterField, filterFields } from '#lib/params/params.ts'
import { type Counted, detectionOf, eventsOf, fitsQuery, openSeededStore, paramsOf } from './testing.ts'
import { selectValues, type ValueTable, valueTables } from './values.ts'

const { reads, close, events, ruleTexts } = openSeededStore()
after(close)

const times = events.map(({ time }) => time)
const newest = Math.max(...times)
const iso = (time: number): string => new Date(time).toISOString()
const everything = 1_000_000

const valuesOf = (table: ValueTable, query: string, field: FilterField, find = '', limit = everything) =>
  selectValues(reads, paramsOf(table, query), newest, { table, field, find, limit })

const textIn = (each: Counted, field: FilterField): string =>
  field === 'feature' ? (codes[each.EventCode]?.feature ?? '') : String(each[field] ?? 'NULL')

/** The query without the filters on a field that do not exclude. */
function withoutOwn(query: string, field: FilterField): string {
  const kept = [...new URLSearchParams(query)].filter(([name, value]) => name !== field || value.startsWith('!'))
  return String(new URLSearchParams(kept))
}

/** How many events have each value, counted one by one. */
function countedValues(table: ValueTable, query: string, field: FilterField): Record<string, number> {
  const asked = withoutOwn(query, field)
  const inTable =
    table === 'events' ? events : events.filter(({ EventCode }) => detections[table].codes.includes(EventCode))
  const fitting = inTable.filter((each) => fitsQuery(each, asked, ruleTexts))
  const counts: Record<string, number> = {}
  for (const each of fitting) {
    const value = textIn(each, field).toLowerCase()
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts
}

const queries = [
  '',
  `from=${iso(newest - 5.3 * 86_400_000)}&to=${iso(newest - 1.4 * 86_400_000)}`,
  'EventCode=112*&Path=*.exe&Path=!*lsass*',
  `User=*a*&dest=*1*&from=${iso(newest - 9 * 86_400_000)}`,
  'q=powershell',
  'feature=asr&ID=!NULL',
]

test('the values of a field are those of the events under the other filters, each with its count', async () => {
  let found = 0
  for (const table of ['events', 'stacking', 'audit', 'block'] as const)
    for (const query of queries)
      for (const field of filterFields) {
        const { rows, total, events: sum } = await valuesOf(table, query, field)
        const label = `${table}.${field}?${query}`
        const counts = countedValues(table, query, field)
        assert.deepEqual(
          Object.fromEntries(rows.map(({ value, count }) => [value.toLowerCase(), count])),
          counts,
          label,
        )
        assert.equal(total, rows.length, label)
        assert.equal(
          sum,
          rows.reduce((all, { count }) => all + count, 0),
          label,
        )
        found += total
        const top = await valuesOf(table, query, field, '', 3)
        assert.deepEqual(top, { total, events: sum, rows: rows.slice(0, 3) }, label)
      }
  assert.ok(found > 2000, `${found}`)
})

test('a value that becomes a filter leaves as many events as its count says, in every table and mode', async () => {
  let asked = 0
  for (const table of valueTables)
    for (const query of ['', 'mode=faithful', 'last=4d&anchor=newest&User=*a*', 'faithful=0', 'weakened=1'])
      for (const field of filterFields) {
        if (table === 'events' && query === 'faithful=0') continue
        if (query === 'weakened=1' && table !== 'registry') continue
        const { rows } = await valuesOf(table, query, field, '', 3)
        for (const { value, count } of rows) {
          const params = paramsOf(table, query)
          const filtered = { ...params, filters: { ...params.filters, [field]: [literal(value)] }, limit: everything }
          const left =
            table === 'events'
              ? (await eventsOf(reads, filtered)).total
              : (await detectionOf(reads, table, filtered)).rows.reduce((sum, row) => sum + row.count, 0)
          assert.equal(count, left, `${table}.${field}=${value} under ${query}`)
          asked += 1
        }
      }
  assert.ok(asked > 200, `${asked}`)
})

test('values are found by a text in them, and rules, codes and features by their names', async () => {
  const { rows, events: sum } = await valuesOf('events', '', 'Process_Name', 'WINWORD')
  assert.ok(rows.length > 0 && rows.every(({ value }) => value.toLowerCase().includes('winword')))
  const { total } = await eventsOf(reads, paramsOf('events', 'Process_Name=*winword*'))
  assert.equal(sum, total)
  const lsass = (await valuesOf('events', '', 'ID', 'lsass')).rows.map(({ value }) => value)
  assert.deepEqual(lsass, ['9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'])
  assert.deepEqual(
    (await valuesOf('events', '', 'ID', '9e6c')).rows.map(({ value }) => value),
    lsass,
  )
  assert.deepEqual(
    (await valuesOf('events', '', 'feature', featureNames.network)).rows.map(({ value }) => value),
    ['network'],
  )
  assert.deepEqual(
    (await valuesOf('events', '', 'EventCode', 'block mode')).rows.map(({ value }) => value),
    ['1121'],
  )
  assert.deepEqual((await valuesOf('events', '', 'Path', 'no such text')).rows, [])
})

test('spellings that differ in case are one value, whatever letters and characters they have', async () => {
  const fixture = openFixture()
  const paths = ['C:\\\u00c4rger.exe', 'c:\\\u00e4RGER.EXE', 'a\0B', 'A\0b', 'null', '*', '=x', '!y', '<b>', '']
  fixture.add(
    paths.map((Path, index) => event(1121, 'PC', `2026-03-02T08:00:${10 + index}Z`, { ...(Path && { Path }) })),
  )
  const asking = { table: 'stacking', field: 'Path', find: '', limit: 50 } as const
  const { rows } = await selectValues(fixture.reads, paramsOf('stacking'), newest, asking)
  assert.deepEqual(
    rows.map(({ value, count }) => [value, count]),
    [
      ['A\0b', 2],
      ['C:\\\u00c4rger.exe', 2],
      ['NULL', 2],
      ['!y', 1],
      ['*', 1],
      ['<b>', 1],
      ['=x', 1],
    ],
  )
  for (const { value, count } of rows) {
    const params = { ...paramsOf('stacking'), filters: { Path: [literal(value)] } }
    assert.equal((await detectionOf(fixture.reads, 'stacking', params)).events, count, value)
  }
  await fixture.close()
})

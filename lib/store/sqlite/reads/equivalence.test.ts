import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { type DetectionKey, detectionKeys, detections } from '#lib/asr/detections.ts'
import { event } from '#lib/ingest/testing.ts'
import type { DetectionRow } from '#lib/model/rows.ts'
import { rowColumns } from '#lib/params/columns.ts'
import { assertSameRows, type Counted, countRows, detectionOf, openSeededStore, paramsOf } from '#lib/query/testing.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const seeded = openSeededStore()
const missing = {
  Process_Name: null,
  Path: null,
  Parent_Commandline: null,
  Target_Commandline: null,
  User: null,
  ID: null,
}
const { reads, events, ruleName, writer } = seeded
// Rows of /disabled that only Splunk's search returns: Disabled before and after.
const value = (key: string) => `${key}\\Windows Defender Exploit Guard\\ASR\\Rules\\${office} = 0x0`
const again = [1, 2, 3].map((hour) =>
  event(5007, 'ALREADY-OFF', Date.UTC(2026, 2, 2, hour), { 'Old Value': value('Default'), 'New Value': value('HKLM') }),
)
seeded.add(again)
for (const { dest, EventCode, time } of again) {
  const [Old_Value, New_Value] = [value('Default'), value('HKLM')]
  events.push({ ...(events[0] as Counted), ...missing, ID: office, dest, EventCode, time, Old_Value, New_Value })
}
after(() => seeded.close())

const oracle = (name: string): string => readFileSync(`db/sqlite/oracle/${name}.sql`, 'utf8')
writer.db.exec(oracle('asr_change'))

const columnsOf = (sql: string): string[] =>
  writer.db
    .prepare(sql)
    .columns()
    .map(({ name }) => name)

const rowsOf = async (key: DetectionKey, mode: string): Promise<DetectionRow[]> =>
  (await detectionOf(reads, key, paramsOf(key, `mode=${mode}&limit=100000`))).rows

const plain = (rows: object[], without: string[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name))))

test('the seeded store has events of all ten codes, and more than one of most stacks', () => {
  assert.equal(new Set(events.map(({ EventCode }) => EventCode)).size, 10)
  assert.ok(events.length >= 3000)
})

const sumOf = (rows: DetectionRow[] = []) => rows.reduce((total, { count }) => total + count, 0)

for (const key of detectionKeys) {
  const { view, columns, codes } = detections[key]

  test(`${view} begins with the columns of its search, in Splunk's spelling`, () => {
    assert.deepEqual(columnsOf(`SELECT * FROM ${view}`).slice(0, columns.length), columns)
    assert.deepEqual(columnsOf(oracle(view)).slice(0, columns.length), columns)
  })

  test(`${view} has the rows of a plain GROUP BY over raw events`, () => {
    const all = [...rowColumns[key], 'faithful', ...(key === 'registry' || key === 'disabled' ? ['disabled'] : [])]
    const names = all.map((column) => `"${column}"`).join(', ')
    const rows = writer.db.prepare(`SELECT ${names} FROM ${view}`).all() as object[]
    const expected = writer.db.prepare(`SELECT ${names} FROM (${oracle(view)})`).all() as object[]
    assert.ok(rows.length > 3, `${rows.length} rows`)
    assertSameRows(rows, expected)
  })

  for (const mode of ['complete', 'faithful'] as const) {
    test(`/${key} in ${mode} mode has the rows of counting event by event`, async () => {
      const rows = plain(await rowsOf(key, mode), ['stack', 'faithful', 'Exclusion', 'weakened'])
      const expected = countRows(events, key, mode, ruleName)
      assert.ok(expected.length > 0 || mode === 'faithful')
      assertSameRows(rows, expected)
    })
  }

  test(`the reconciliation line of /${key} is the same in both modes and adds up`, async () => {
    const [complete, faithful] = await Promise.all(
      ['complete', 'faithful'].map((mode) => detectionOf(reads, key, paramsOf(key, `mode=${mode}&limit=100000`))),
    )
    assert.equal(complete?.events, faithful?.events)
    assert.equal(complete?.faithfulEvents, faithful?.faithfulEvents)
    assert.equal(sumOf(complete?.rows), complete?.events)
    assert.equal(sumOf(faithful?.rows), faithful?.faithfulEvents)
    assert.equal(complete?.total, complete?.rows.length)
    assert.equal(faithful?.total, faithful?.rows.length)
    if (key !== 'registry' && key !== 'disabled') {
      assert.equal(complete?.events, events.filter(({ EventCode }) => codes.includes(EventCode)).length)
    }
  })
}

test('faithful mode shows only 1121 and 1122 of the ten codes', async () => {
  const codes = (await rowsOf('stacking', 'faithful')).map(({ EventCode }) => EventCode)
  assert.deepEqual([...new Set(codes)].sort(), [1121, 1122])
})

test('the rows that Splunk drops and those it keeps are together all rows, under the same reconciliation line', async () => {
  for (const key of detectionKeys) {
    const of = (query: string) => detectionOf(reads, key, paramsOf(key, `${query}&limit=100000`))
    const [all, dropped, kept] = await Promise.all([of(''), of('faithful=0'), of('faithful=1')])
    assertSameRows([...dropped.rows, ...kept.rows], all.rows)
    assert.ok(dropped.rows.every(({ faithful }) => faithful === 0) && kept.rows.every(({ faithful }) => faithful === 1))
    assert.deepEqual([dropped.total, kept.total], [dropped.rows.length, kept.rows.length])
    assert.equal(all.droppedEvents, sumOf(dropped.rows))
    for (const { events, faithfulEvents } of [dropped, kept]) {
      assert.deepEqual([events, faithfulEvents], [all.events, all.faithfulEvents])
    }
  }
})

test('a row that only Splunk calls disabled is in faithful mode, and in complete mode of /registry', async () => {
  const isThere = async (key: DetectionKey, mode: string) =>
    (await rowsOf(key, mode)).some(({ dest, count }) => dest === 'ALREADY-OFF' && count === 3)
  assert.deepEqual(await Promise.all(['complete', 'faithful'].map((mode) => isThere('disabled', mode))), [false, true])
  assert.deepEqual(await Promise.all(['complete', 'faithful'].map((mode) => isThere('registry', mode))), [true, true])
})

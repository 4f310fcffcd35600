import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type DetectionKey, detectionKeys, detections } from '#lib/asr/detections.ts'
import { dice } from '#lib/formats/testing.ts'
import type { DetectionRow } from '#lib/model/rows.ts'
import {
  assertSameRows,
  type Counted,
  countRows,
  detectionOf,
  detectionRowsOf,
  eventsOf,
  fitsQuery,
  openSeededStore,
  paramsOf,
  sorted,
} from './testing.ts'

const seeded = openSeededStore(1200)
const { reads, events, ruleName, ruleTexts } = seeded
after(() => seeded.close())

const hour = 3_600_000
const times = events.map(({ time }) => time)
const oldest = Math.min(...times)
const newest = Math.max(...times)
const iso = (ms: number): string => new Date(ms).toISOString()

const plain = (rows: DetectionRow[]) => rows.map(({ stack, faithful, Exclusion, weakened, ...row }) => row)

/** Those that fit, and the others. */
const split = <Item>(items: Item[], fits: (item: Item) => boolean): [Item[], Item[]] => {
  const { yes = [], no = [] } = Object.groupBy(items, (item) => (fits(item) ? 'yes' : 'no'))
  return [yes, no]
}

/**
 * A detection under a query has the counts of the events that fit it. A 5007 may name many rules, so `ID` there is
 * the rule of the result row, and free text finds the name of that rule too.
 */
async function assertCounted(key: DetectionKey, query: string): Promise<number> {
  const isChange = key === 'registry' || key === 'disabled'
  const search = new URLSearchParams(query)
  const mode = search.get('mode') === 'faithful' ? 'faithful' : 'complete'
  const ids = new URLSearchParams(search.getAll('ID').map((ID) => ['ID', ID])).toString()
  const q = search.get('q')
  if (isChange) search.delete('ID')
  const text = search.toString()
  const [fitting, others] = split(events, (event) => fitsQuery(event, text, ruleTexts))
  const withoutText = new URLSearchParams([...search].filter(([name]) => name !== 'q')).toString()
  const ofRule = ({ ASR_ID }: { ASR_ID?: string }) =>
    fitsQuery({ ...(events[0] as Counted), ID: ASR_ID === 'NULL' ? null : (ASR_ID ?? null) }, ids)
  const named = ({ ASR_ID = '' }: { ASR_ID?: string }) =>
    q !== null &&
    ruleTexts(ASR_ID).some((text) =>
      fitsQuery({ ...(events[0] as Counted), Path: text }, `Path=*${encodeURIComponent(q)}*`),
    )
  const counted = (each: 'complete' | 'faithful') => {
    const rows = countRows(fitting, key, each, ruleName)
    if (!isChange) return rows
    const byName = q === null ? [] : others.filter((event) => fitsQuery(event, withoutText, ruleTexts))
    return [...rows, ...countRows(byName, key, each, ruleName).filter(named)].filter(ofRule)
  }
  const sum = (rows: { count?: unknown }[]) => rows.reduce((total, row) => total + Number(row.count), 0)

  const page = await detectionOf(reads, key, paramsOf(key, `${query}&limit=1000000`))
  const label = `${key}?${query}`
  assertSameRows(plain(page.rows), counted(mode), label)
  assert.equal(page.total, page.rows.length, label)
  assert.equal(page.events, sum(counted('complete')), label)
  assert.equal(page.faithfulEvents, sum(counted('faithful')), label)
  return page.rows.length
}

test('a range counts the events within it, both ends included, wherever it cuts an hour', async () => {
  const roll = dice(3)
  const someTime = () => {
    const time = times[roll(times.length)] as number
    return [time, time + 1, time - 1, Math.floor(time / hour) * hour, Math.floor(time / hour) * hour - 1][
      roll(5)
    ] as number
  }
  for (let round = 0; round < 25; round++) {
    const [a, b] = [someTime(), someTime()].sort((x, y) => x - y) as [number, number]
    const within = [a, a + roll(hour)] as const
    for (const [from, to] of [[a, b] as const, within]) {
      const key = detectionKeys[roll(detectionKeys.length)] as DetectionKey
      await assertCounted(key, `from=${iso(from)}&to=${iso(to)}${roll(3) === 0 ? '&mode=faithful' : ''}`)
    }
  }
})

test('a range that is open, complete, a single event long, or empty counts what is in it', async () => {
  const one = iso(times[577] as number)
  const ranges = [
    '',
    `from=${iso(oldest)}&to=${iso(newest)}`,
    `from=${iso(oldest - 1)}`,
    `from=${iso(oldest + 1)}`,
    `to=${iso(newest)}`,
    `to=${iso(newest - 1)}`,
    `from=${one}&to=${one}`,
    `from=${iso(newest + 1)}`,
    `to=${iso(oldest - 1)}`,
    'from=1601-01-01T00:01:00Z&to=9999-12-31T23:59:59Z',
  ]
  for (const key of detectionKeys) for (const range of ranges) await assertCounted(key, range)
})

test('a relative range goes back from the end of the range, else from the anchor', async () => {
  const rows = async (query: string) =>
    sorted(plain((await detectionOf(reads, 'stacking', paramsOf('stacking', `${query}&limit=100000`))).rows))
  const day = 24 * hour
  assert.deepEqual(await rows('last=1d&anchor=newest'), await rows(`from=${iso(newest - day)}&to=${iso(newest)}`))
  const middle = iso(newest - 3 * day)
  assert.deepEqual(await rows(`last=24h&to=${middle}`), await rows(`from=${iso(newest - 4 * day)}&to=${middle}`))
  assert.ok((await rows('last=1d&anchor=newest')).length > 0)
  assert.deepEqual(await rows('last=1m&to=2001-01-01'), [])
})

const literal = (value: string | null | undefined) => encodeURIComponent(`=${value}`)
const someDest = events[100]?.dest as string
const someProcess = events.find(({ Process_Name }) => Process_Name?.includes(' '))?.Process_Name
const someUser = events.find(({ User }) => User?.includes('\\'))?.User

const filters = [
  `dest=${someDest}`,
  `dest=${someDest.toLowerCase()}`,
  `dest=!${someDest}`,
  `dest=${someDest.slice(0, 3)}*`,
  'dest=*0*&dest=!*1*',
  'dest=',
  'dest=NULL',
  'EventCode=1121',
  'EventCode=112*&EventCode=!1122',
  'EventCode=4711',
  'ID=NULL',
  'ID=!NULL',
  'ID=d4f940ab-*',
  'ID=*-*-*-*-*',
  'Path=NULL',
  'Path=!NULL',
  'Path=*.exe',
  'Path=C:\\*\\*.exe&Path=!*lsass*',
  'Path=100%25',
  'Path=*_*',
  `Process_Name=${literal(someProcess)}`,
  `Process_Name=!${literal(someProcess)}`,
  'Process_Name=*office*',
  'Process_Name==*office*',
  'Parent_Commandline=NULL',
  'Parent_Commandline=!*',
  'Parent_Commandline=*powershell*',
  'Target_Commandline=NULL&EventCode=112*',
  'Target_Commandline=*cmd*',
  'Target_Commandline=!*cmd*',
  `User=${literal(someUser)}`,
  'User=NULL',
  'User=!*SYSTEM*',
  'User=*SYSTEM*&Path=*.exe',
  'feature=network',
  'feature=Network protection',
  'feature=!asr',
  'feature=*policy*&feature=configuration',
  'q=office',
  'q=1126',
  'q=WINWORD*cmd',
  'q=Untrusted',
  'q=PsExec*WMI',
  'q=psexec and wmi',
  'q=from USB',
  'q=%25',
  'q=\\',
  "q='",
  'q=nothing at all like this',
  'q=network&User=*a*',
  'q=exe&Path=!*exe*',
]

/** As if every pattern were fitted by more texts than are searched by number. */
const nothingFound = { found: new Map() }

test('a filter leaves the events that fit it, also by a field that the table does not group by', async () => {
  let found = 0
  for (const key of detectionKeys) for (const filter of filters) found += await assertCounted(key, filter)
  assert.ok(found > 500)
})

test('a filter within a range counts what fits both', async () => {
  const [from, to] = [oldest + 2.4 * 24 * hour, newest - 3.7 * 24 * hour].map(Math.floor) as [number, number]
  const range = `from=${iso(from)}&to=${iso(to)}`
  for (const [index, filter] of filters.entries()) {
    const key = detectionKeys[index % 5] as DetectionKey
    await assertCounted(key, `${range}&${filter}`)
    await assertCounted('stacking', `${range}&${filter}&mode=faithful`)
  }
})

test('the events of a filter are those that fit it', async () => {
  for (const filter of [...filters, `from=${iso(oldest + 5 * hour)}&to=${iso(newest - 7 * hour)}`]) {
    const fitting = events.filter((event) => fitsQuery(event, filter, ruleTexts))
    const page = await eventsOf(reads, paramsOf('events', `${filter}&limit=100000`))
    const rows = page.rows.map(({ id, ASR_Rule, EventRecordID, Exclusion, upload, _time, ...versioned }) => {
      const { Signature_Version, Engine_Version, ...row } = versioned
      return { ...row, time: _time }
    })
    assertSameRows(rows, fitting, filter)
    assert.equal(page.total, fitting.length, filter)
  }
})

test('a pattern that many texts fit is looked up column by column, and finds the same', async () => {
  for (const filter of filters) {
    for (const key of detectionKeys) {
      const params = paramsOf(key, `${filter}&limit=1000`)
      const found = await detectionOf(reads, key, params)
      assert.deepEqual(await detectionOf(reads, key, { ...params, ...nothingFound }), found, `${key}?${filter}`)
    }
    const params = paramsOf('events', `${filter}&limit=1000`)
    assert.deepEqual(await eventsOf(reads, { ...params, ...nothingFound }), await eventsOf(reads, params), filter)
  }
})

test('the events of a stack are those that its row counts, in the same range', async () => {
  const range = `from=${iso(oldest + 30.5 * hour)}&to=${iso(newest - 20.2 * hour)}`
  for (const key of detectionKeys) {
    const { rows } = await detectionOf(reads, key, paramsOf(key, `${range}&limit=12&sort=-count`))
    for (const row of rows) {
      const members = await eventsOf(reads, paramsOf('events', `${range}&stack=${row.stack}&limit=1000`))
      assert.equal(members.total, row.count)
      assert.equal(members.rows.length, row.count)
      assert.equal(Math.max(...members.rows.map(({ _time }) => _time)), row.lastTime)
      const alone = await detectionOf(reads, key, paramsOf(key, `${range}&stack=${row.stack}`))
      assert.deepEqual(plain(alone.rows), plain([row]))
    }
  }
})

test('the pages of a table are its export, in every order', async () => {
  for (const key of detectionKeys) {
    const { columns } = detections[key]
    const sorts = [...columns.flatMap((column) => [column, `-${column}`]), '-count,dest,firstTime', 'dest,dest,-dest']
    for (const [index, sort] of sorts.entries()) {
      const query = ['', 'User=*a*', `from=${iso(oldest + 9.5 * hour)}`, 'mode=faithful'][index % 4]
      const params = paramsOf(key, `sort=${sort}&${query}`)
      const exported: DetectionRow[] = []
      for await (const rows of detectionRowsOf(reads, key, params)) exported.push(...rows)
      const limit = Math.max(7, Math.ceil(exported.length / 3))
      const pages: DetectionRow[] = []
      for (let page = 1; page <= 4; page++) {
        const { rows, total } = await detectionOf(reads, key, { ...params, limit, page })
        assert.equal(total, exported.length, `${key} ${sort} page ${page}`)
        pages.push(...rows)
      }
      assert.deepEqual(pages, exported, `${key} ${sort} ${query}`)
      assertOrdered(exported, sort)
    }
  }
})

/** Rows are in the order that `sort` says, equal ones in the order of what comes after. */
function assertOrdered(rows: DetectionRow[], sort: string): void {
  const keys = sort.split(',').map((text) => ({ column: text.replace('-', ''), sign: text.startsWith('-') ? -1 : 1 }))
  const cellOf = (row: DetectionRow | undefined, column: string) => row?.[column as keyof DetectionRow] ?? ''
  for (const [index, row] of rows.entries()) {
    if (index === 0) continue
    const first = keys.find(({ column }) => cellOf(row, column) !== cellOf(rows[index - 1], column))
    if (first === undefined) continue
    const [before, now] = [cellOf(rows[index - 1], first.column), cellOf(row, first.column)]
    const isAfter =
      typeof now === 'number' ? now > Number(before) : Buffer.compare(Buffer.from(now), Buffer.from(String(before))) > 0
    assert.equal(isAfter, first.sign === 1, `${sort} at row ${index}`)
  }
}

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { continuityOf, event, openFixture } from '#lib/ingest/testing.ts'
import type { FleetStack, StackRow } from '#lib/model/rows.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { fleetListHref } from '#lib/params/stack-hrefs.ts'
import { newRange, overviewParams, selectStackList, stackLists } from './overview.ts'
import { ask } from './question.ts'
import { selectStacks, undecided } from './stacks.ts'
import { openSeededStore, paramsOf } from './testing.ts'

const seeded = openSeededStore(1500)
after(() => seeded.close())
const { reads } = seeded
const times = seeded.events.map(({ time }) => time)
const [oldest, newest] = [Math.min(...times), Math.max(...times)]
const iso = (time: number): string => new Date(time).toISOString()

/** What a stack is, as a list of the overview and as the workbench says it. */
const nameOf = ({ ID, Process_Name, Path, EventCode }: FleetStack): string =>
  [ID, Process_Name, Path, EventCode].join(' | ')
const nameOfRow = ({ by }: StackRow): string => by.map((value) => value ?? 'NULL').join(' | ')

/** All rows of a list, and of what its link to the workbench opens. */
async function bothOf(list: (typeof stackLists)[number], query: string) {
  const params = overviewParams(paramsOf('events', `${query}&limit=1000000`), undefined)
  const question = await ask(reads, params, newest + 1)
  const href = fleetListHref(list, params, newRange(question.window).from)
  const search = { ...searchParamsOf(new URL(href, 'http://127.0.0.1')), limit: '1000000' }
  const { params: opened, problems } = parseParams(search, 'stack', [], 'export')
  assert.deepEqual(problems, [], href)
  const page = await selectStacks(reads, await ask(reads, opened, newest + 1), undecided)
  return { list: await selectStackList(reads, list, question), page }
}

test('overview-list: a list of the overview has the stacks that its link opens', async () => {
  const queries = [
    '',
    `from=${iso(oldest)}&to=${iso(newest)}`,
    `from=${iso(oldest)}&to=${iso((oldest + newest) / 2)}`,
    'last=2d&anchor=newest',
  ]
  for (const list of stackLists)
    for (const query of queries) {
      const { list: listed, page } = await bothOf(list, query)
      assert.equal(page.total, listed.total, `${list} ${query}`)
      assert.deepEqual(page.rows.map(nameOfRow).sort(), listed.rows.map(nameOf).sort(), `${list} ${query}`)
      if (list !== 'new') assert.ok(listed.rows.length > 10, `${list} ${query}`)
    }
})

test('overview-list: over all that is stored, hosts, events, times and the order are the same too', async () => {
  for (const list of ['rarest', 'most-frequent'] as const) {
    const { list: listed, page } = await bothOf(list, `from=${iso(oldest)}&to=${iso(newest)}`)
    const of = new Map(page.rows.map((row) => [nameOfRow(row), row]))
    for (const row of listed.rows) {
      const { hosts, events, firstTime, lastTime } = of.get(nameOf(row)) ?? assert.fail(nameOf(row))
      assert.deepEqual([hosts, events, firstTime, lastTime], [row.dests, row.count, row.firstTime, row.lastTime])
    }
    // Rows that are equal in all columns of the order can follow each other in any order.
    const keys = { rarest: ['hosts', 'events', 'lastTime'], 'most-frequent': ['events'] } as const
    assert.deepEqual(
      page.rows.map((row) => keys[list].map((key) => row[key])),
      listed.rows.map(({ dests, count, lastTime }) => (list === 'rarest' ? [dests, count, lastTime] : [count])),
    )
  }
})

test('share of reporting hosts: a host whose log has only heartbeats reported, in the range of its records', async (t) => {
  const fixture = openFixture()
  t.after(fixture.close)
  const start = Date.parse('2026-03-02T08:00:00Z')
  const heartbeat = (dest: string, minute: number) => event(1150, dest, start + minute * 60_000)
  fixture.add([event(1121, 'PC1', start, { Path: 'a' }), event(1121, 'PC2', start, { Path: 'b' })])
  const shareOf = async (query = '') => {
    const question = await ask(fixture.reads, paramsOf('stack', `by=Path${query}`), start)
    const { rows, reportingHosts } = await selectStacks(fixture.reads, question, undecided)
    return [reportingHosts, rows[0]?.share]
  }
  assert.deepEqual(await shareOf(), [2, 1 / 2])
  const { writer } = fixture
  writer.createUpload({ id: 'beats', name: 'beats', tz: 'UTC', bytes: null })
  writer.startUpload('beats', 'xml')
  const beats = ['PC3', 'PC4', 'pc1'].flatMap((dest) => [heartbeat(dest, 60), heartbeat(dest, 120)])
  writer.finishUpload('beats', continuityOf(beats))
  assert.deepEqual(await shareOf(), [4, 1 / 4], 'PC1 is one host in any case of its letters')
  assert.deepEqual(await shareOf(`&to=${iso(start + 59 * 60_000)}`), [2, 1 / 2], 'before the heartbeats')
  assert.deepEqual(await shareOf('&maxShare=25'), [4, 1 / 4])
  assert.deepEqual(await shareOf('&maxShare=24'), [4, undefined])
  fixture.writer.undoUpload('beats')
  assert.deepEqual(await shareOf(), [2, 1 / 2])
})

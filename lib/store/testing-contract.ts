import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import { dayLength, hourLength } from '#lib/asr/hours.ts'
import type { DetectionRow, EventRow, Page, RiskRow } from '#lib/model/rows.ts'
import { sortColumns } from '#lib/params/columns.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import { selectDetection, streamDetection } from '#lib/query/detection.ts'
import { selectEvents, streamEvents } from '#lib/query/events.ts'
import { selectHost, selectHosts } from '#lib/query/hosts.ts'
import { selectOverview } from '#lib/query/overview.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { selectRisk } from '#lib/query/risk.ts'
import { selectRules } from '#lib/query/rules.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { selectTimeline } from '#lib/query/timeline.ts'
import { selectWall } from '#lib/query/wall.ts'
import { openMemory, type ReadLog } from './memory/memory.ts'
import type { FleetQuestion, Reads } from './reads.ts'
import { asks, ordered } from './testing-asks.ts'
import { contractLogs } from './testing-logs.ts'
import { allOf, assertSameList, columnsOf, stretches } from './testing-same.ts'
import { uploadContract } from './testing-upload-contract.ts'

type Table = DetectionKey | 'events' | 'hosts' | 'risk' | 'rules'
const tables: readonly Table[] = [...detectionKeys, 'events', 'hosts', 'risk', 'rules']

/** The moment of every question: after the newest event. */
const now = Date.parse('2026-11-26T12:00:00Z')
const everything = { page: 1, limit: 1_000_000 }

/** What a table shows of a question. */
async function select(reads: Reads, table: Table, question: Question): Promise<Page<object>> {
  if (table === 'events') return selectEvents(reads, question)
  if (table === 'hosts') return selectHosts(reads, question)
  if (table === 'risk') return selectRisk(reads, question)
  if (table !== 'rules') return selectDetection(reads, table, question)
  const rows = await selectRules(reads, question)
  return { total: rows.length, rows }
}

/** A store whose tables answer with a stretch of their rows, whatever page is asked for. */
const cutTo = (reads: Reads, page: PageRange): Reads => ({
  ...reads,
  detection: (question) => reads.detection({ ...question, page }),
  events: (question) => reads.events({ ...question, page }),
  hosts: (question) => reads.hosts({ ...question, page }),
  risk: (question) => reads.risk({ ...question, page }),
})

const fleets: FleetQuestion['order'][] = ['rarest', 'most-frequent', 'new']
const fleetColumns = { rarest: ['dests', 'count', 'lastTime'], 'most-frequent': ['count'], new: ['dests', 'firstTime'] }

/**
 * Tests that a store answers every question as counting event by event does. `open` makes a store that was given some logs, one
 * after the other; it is closed after the tests.
 */
export function contract(name: string, open: (logs: readonly ReadLog[]) => Promise<Reads>): void {
  const logs = contractLogs()
  const memory = openMemory()
  for (const log of logs) memory.add(log)
  const expected = memory.reads
  const opening = open(logs)
  after(async () => (await opening).close())

  const questionOf = (reads: Reads, table: Table, query: string, change: Partial<Params> = {}) =>
    ask(reads, { ...paramsOf(table, query), ...everything, ...change }, now)

  /** Asks both for all rows of a table. */
  async function assertSame(table: Table, query: string, change: Partial<Params> = {}): Promise<void> {
    const [found, counted] = await Promise.all(
      [await opening, expected].map(async (reads) =>
        select(reads, table, await questionOf(reads, table, query, change)),
      ),
    )
    assert.ok(found !== undefined && counted !== undefined)
    const label = `/${table}?${query} ${change.stack ?? ''}`
    assert.deepEqual({ ...found, rows: [] }, { ...counted, rows: [] }, label)
    assertSameList(found.rows, counted.rows, columnsOf(paramsOf(table, query).sort), label)
  }

  for (const table of tables) {
    test(`${name}: /${table} under every filter and range`, async () => {
      for (const query of asks) await assertSame(table, query)
    })

    test(`${name}: /${table} in every order, and page by page`, async () => {
      const stores = [await opening, expected]
      const columns = sortColumns[table]
      for (const [index, sort] of columns.flatMap((column) => [column, `-${column},${columns[0]}`]).entries()) {
        const query = `sort=${sort}&${ordered[index % ordered.length]}`
        await assertSame(table, query)
        for (const reads of table === 'rules' ? [] : stores) {
          const question = await questionOf(reads, table, query)
          const all = await select(reads, table, question)
          for (const page of stretches(all.total)) {
            const rows = all.rows.slice(page.offset, page.offset + page.limit)
            assert.deepEqual(await select(cutTo(reads, page), table, question), { ...all, rows }, `/${table}?${query}`)
          }
        }
      }
    })
  }

  test(`${name}: exports have the rows of the tables, in their order`, async () => {
    const reads = await opening
    for (const query of ['sort=dest', 'q=exe&sort=-Path&mode=faithful', 'last=3d&anchor=newest']) {
      for (const key of ['stacking', 'audit', 'block'] as const) {
        const question = await questionOf(reads, key, query, { limit: null })
        const { rows } = await select(reads, key, await questionOf(reads, key, query))
        assert.deepEqual(await allOf(streamDetection(reads, key, question)), rows, query)
        const part = await allOf(
          streamDetection(reads, key, await questionOf(reads, key, query, { limit: 3, page: 2 })),
        )
        assert.deepEqual(part, rows.slice(3, 6))
      }
      const { rows } = await select(reads, 'events', await questionOf(reads, 'events', query))
      assert.deepEqual(
        await allOf(streamEvents(reads, await questionOf(reads, 'events', query, { limit: null }))),
        rows,
      )
    }
  })

  test(`${name}: a stack is found by its key in every table, and one that is not stored in none`, async () => {
    const reads = await opening
    const keys = ['AAAAAAAAAAAAAAAAAAAAAA', 'not a key']
    for (const key of detectionKeys) {
      const { rows } = (await select(reads, key, await questionOf(reads, key, ''))) as Page<DetectionRow>
      keys.push(...rows.filter((_, index) => index % Math.ceil(rows.length / 3) === 0).map(({ stack }) => stack))
    }
    for (const stack of keys) {
      assert.equal(await reads.hasStack(stack), await expected.hasStack(stack), stack)
      for (const table of tables)
        for (const query of ['', 'ID=!NULL&last=5d&anchor=newest', 'q=e']) await assertSame(table, query, { stack })
    }
  })

  test(`${name}: each event has its fields, by its key`, async () => {
    const reads = await opening
    const { rows } = (await select(reads, 'events', await questionOf(reads, 'events', ''))) as Page<EventRow>
    for (const { id } of rows.filter((_, index) => index % 7 === 0))
      assert.deepEqual(await reads.event(id), await expected.event(id))
    const { rows: old } = (await select(
      reads,
      'events',
      await questionOf(reads, 'events', 'dest=alt'),
    )) as Page<EventRow>
    for (const { id } of old) assert.deepEqual(await reads.event(id), await expected.event(id))
    for (const key of ['', 'e', `e${'A'.repeat(31)}`, '12']) assert.equal(await reads.event(key), null)
  })

  test(`${name}: timelines by the hour and by the day`, async () => {
    for (const query of asks)
      for (const bucket of ['hour', 'day', undefined] as const) {
        const [found, counted] = await Promise.all(
          [await opening, expected].map(async (reads) =>
            selectTimeline(reads, await questionOf(reads, 'events', query), bucket),
          ),
        )
        assert.deepEqual(found, counted, `${query} by ${bucket}`)
      }
  })

  test(`${name}: a host in whatever case, with the state of each rule`, async () => {
    const reads = await opening
    for (const dest of ['STATES', 'states', 'ODD', 'Odd', 'alt', 'nul\0host', 'WS-0001', 'nobody', '*', '']) {
      assert.equal(await reads.hasHost(dest), await expected.hasHost(dest), dest)
      assert.deepEqual(await reads.ruleStates(dest), await expected.ruleStates(dest), dest)
      const [found, counted] = await Promise.all(
        [reads, expected].map(async (each) => selectHost(each, dest, await questionOf(each, 'hosts', 'anchor=newest'))),
      )
      assert.deepEqual(found, counted, dest)
    }
  })

  test(`${name}: stacks of the fleet, in each order and range`, async () => {
    const reads = await opening
    const { newest } = await reads.span()
    const to = newest ?? 0
    const spans = [
      null,
      { after: to - dayLength, to },
      { after: to - 7 * dayLength, to: to - hourLength },
      { after: -1e9, to: 0 },
    ]
    for (const order of fleets)
      for (const span of spans)
        for (const time of ['first', 'last'] as const) {
          const question = { order, within: span && { time, ...span }, limit: 1_000_000 }
          const all = await reads.fleet(question)
          assertSameList(all, await expected.fleet(question), fleetColumns[order], JSON.stringify(question))
          assert.deepEqual(await reads.fleet({ ...question, limit: 4 }), all.slice(0, 4))
        }
  })

  test(`${name}: sums of everything, and of ranges`, async () => {
    const reads = await opening
    assert.deepEqual(await reads.span(), await expected.span())
    assert.deepEqual(await reads.totals(), await expected.totals())
    assert.deepEqual(await reads.ruleNames(), await expected.ruleNames())
    assertSameList(await reads.tactics(), await expected.tactics(), [], 'tactics')
    assert.equal(await reads.recomputing(), null)
    const { oldest, newest } = await reads.span()
    for (const end of [newest ?? 0, oldest ?? 0, 0, hourLength, now])
      for (const length of [hourLength, 1.5 * hourLength, dayLength, 30 * dayLength])
        for (const from of [end - length, end - length + 1, Math.floor(end / hourLength) * hourLength - length])
          assert.deepEqual(
            await reads.counts({ from, to: from + length }),
            await expected.counts({ from, to: from + length }),
          )
  })

  test(`${name}: the overview and the wall`, async () => {
    const lists = [
      'rarest',
      'mostFrequent',
      'newStacks',
      'rareStacks',
      'hostsByRisk',
      'newestUpload',
      'disabledRules',
      'rulesFiring',
    ]
    const [found, counted] = await Promise.all(
      [await opening, expected].map(async (reads) => [
        await selectOverview(reads, now),
        await selectWall(reads, { anchor: 'newest' }, now),
        await selectWall(reads, { anchor: 'now' }, now),
      ]),
    )
    const sums = (answers: object[] = []) =>
      answers.map((answer) => Object.fromEntries(Object.entries(answer).filter(([key]) => !lists.includes(key))))
    assert.deepEqual(sums(found), sums(counted))
    const scores = (answers: object[] = []) =>
      answers.map((answer) => (answer as { hostsByRisk: Partial<RiskRow>[] }).hostsByRisk.map(({ score }) => score))
    assert.deepEqual(scores(found), scores(counted))
  })

  test(`${name}: what another store has found cannot be read`, async () => {
    const reads = await opening
    for (const table of tables) {
      const question = await questionOf(expected, table, '')
      await assert.rejects(async () => select(reads, table, question), TypeError)
    }
  })

  uploadContract(
    name,
    opening,
    expected,
    logs.map(({ id }) => id),
  )
}

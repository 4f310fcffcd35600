import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionKeys } from '#lib/asr/detections.ts'
import { dayLength, hourLength } from '#lib/asr/hours.ts'
import type { EventRow, Page, RiskCounts, RiskRow } from '#lib/model/rows.ts'
import { filterFields } from '#lib/params/params.ts'
import { selectHost } from '#lib/query/hosts.ts'
import { selectOverview } from '#lib/query/overview.ts'
import { asked } from '#lib/query/question.ts'
import { selectRiskPage } from '#lib/query/risk.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { selectTimeline } from '#lib/query/timeline.ts'
import { selectValues } from '#lib/query/values.ts'
import { selectWall } from '#lib/query/wall.ts'
import type { EventReads, FleetQuestion } from './reads.ts'
import { asks } from './testing-asks.ts'
import { assertSameList, stretches } from './testing-same.ts'
import { now, questionOf, select, tables } from './testing-tables.ts'

const valueTables = [...detectionKeys, 'events'] as const
const fleets: FleetQuestion['order'][] = ['rarest', 'most-frequent', 'new']
const fleetColumns = { rarest: ['dests', 'count', 'lastTime'], 'most-frequent': ['count'], new: ['dests', 'firstTime'] }

/** Tests what a store says of events besides its tables: single events, timelines, hosts, the fleet and sums. */
export function eventContract(name: string, opening: Promise<EventReads>, expected: EventReads): void {
  const both = async <Answer>(answer: (reads: EventReads) => Promise<Answer>) =>
    [await answer(await opening), await answer(expected)] as const

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
        const [found, counted] = await both(async (reads) =>
          selectTimeline(reads, await questionOf(reads, 'events', query), bucket),
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

  test(`${name}: hosts by the first label of their names`, async () => {
    const labels = ['nobody', '', '%', '_', 'odd', 'twin', 'twin.a', 'many', 'STATES', 'ws-0001']
    const [found, counted] = await both((reads) => reads.hostsByLabel(labels))
    assert.deepEqual(found, counted)
    assert.deepEqual(
      found.filter(({ label }) => label === 'twin').map(({ dest }) => dest),
      ['TWIN', 'twin.a.example', 'Twin.b.example'],
    )
    assert.deepEqual(await (await opening).hostsByLabel([]), [])
  })

  test(`${name}: values of each field, with their counts under every filter and range`, async () => {
    const finds = ['', 'a', '*', 'b.exe', '\u00e4RGER', '\0', 'office', 'NULL', 'block']
    let found = 0
    for (const [index, query] of asks.entries()) {
      const table = valueTables[index % valueTables.length] ?? 'events'
      for (const [place, field] of filterFields.entries()) {
        const find = finds[(index + place) % finds.length] ?? ''
        const given = { table, field, find, limit: index % 4 === 0 ? 2 : 1000 }
        const [mine, theirs] = await both((reads) => selectValues(reads, paramsOf(table, query), now, given))
        assert.deepEqual(mine, theirs, `${table}.${field} with ${find} under ${query}`)
        found += mine.rows.length
      }
    }
    assert.ok(found > 1000)
  })

  test(`${name}: hosts over the threshold of 24 hours are those of all pages`, async () => {
    const found: number[] = []
    for (const query of [...asks, ...asks.map((each) => `${each}&last=2d&anchor=newest`)]) {
      const [mine, theirs] = await both(async (reads) => selectRiskPage(reads, await questionOf(reads, 'risk', query)))
      assert.equal(mine.over24h, theirs.rows.filter(({ over24h }) => over24h).length, query)
      assert.equal(theirs.over24h, mine.over24h, query)
      found.push(mine.over24h)
    }
    assert.ok(Math.max(...found) > 1)
  })

  test(`${name}: stacks of the fleet, in each order and range`, async () => {
    const reads = await opening
    const { newest } = await reads.span()
    const to = newest ?? 0
    const spans = [
      null,
      { after: to - dayLength, to },
      { after: to - 7 * dayLength, to: to - hourLength },
      { after: to - 5.3 * dayLength, to: to - 5.2 * dayLength },
      { after: -1e9, to: 0 },
    ]
    for (const order of fleets)
      for (const span of spans)
        for (const time of ['first', 'any'] as const) {
          const question = { order, within: span && { time, ...span }, page: { offset: 0, limit: 1_000_000 } }
          const all = await reads.fleet(question)
          assert.equal(await reads.countFleet(question.within), all.length)
          assertSameList(all, await expected.fleet(question), fleetColumns[order], JSON.stringify(question))
          for (const page of stretches(all.length)) {
            const rows = all.slice(page.offset, page.offset + page.limit)
            assert.deepEqual(await reads.fleet({ ...question, page }), rows)
          }
        }
  })

  test(`${name}: sums of everything, and of ranges`, async () => {
    const reads = await opening
    assert.deepEqual(await reads.span(), await expected.span())
    assert.deepEqual(await reads.ruleNames(), await expected.ruleNames())
    assertSameList(await reads.tactics(), await expected.tactics(), [], 'tactics')
    const { oldest, newest } = await reads.span()
    for (const end of [newest ?? 0, oldest ?? 0, 0, hourLength, now])
      for (const length of [
        0,
        1,
        0.4 * hourLength,
        hourLength,
        1.5 * hourLength,
        dayLength,
        30 * dayLength,
        60_000 * dayLength,
      ])
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
      'disabledRules',
      'weakenedRules',
      'rulesFiring',
    ]
    const [found, counted] = await Promise.all(
      [await opening, expected].map(async (store) => {
        // This part of both is not an event: see the contract of uploads.
        const reads = { ...store, newestUpload: async () => null, hostBreaks: async () => ({ total: 0, rows: [] }) }
        const ranges = [
          '',
          'from=1970-01-01',
          'last=24h&anchor=newest',
          'last=10m&anchor=newest',
          'to=2026-11-24',
          'last=9d',
        ]
        const overviews = ranges.map(async (range) => selectOverview(reads, await questionOf(store, 'events', range)))
        return [
          ...(await Promise.all(overviews)).map(({ warnings, ...overview }) => ({
            ...overview,
            warned: Object.values(warnings).map(({ total }) => total),
          })),
          await selectWall(reads, { anchor: 'newest' }, now),
          await selectWall(reads, { anchor: 'now' }, now),
        ]
      }),
    )
    const sums = (answers: object[] = []) =>
      answers.map((answer) => Object.fromEntries(Object.entries(answer).filter(([key]) => !lists.includes(key))))
    assert.deepEqual(sums(found), sums(counted))
    const scores = (answers: object[] = []) =>
      answers.map((answer) => (answer as { hostsByRisk: Partial<RiskRow>[] }).hostsByRisk.map(({ score }) => score))
    assert.deepEqual(scores(found), scores(counted))
  })

  test(`${name}: an answer is the same from every place that has it`, async () => {
    const reads = await opening
    const page = { offset: 0, limit: 1000 }
    const by = (column: string) => ({ sort: [{ column, descending: false }], page })
    for (const query of ['', 'dest=!ODD&EventCode=!1126', 'ID=!NULL&mode=faithful']) {
      const [mine, theirs] = [await questionOf(reads, 'risk', query), await questionOf(expected, 'risk', query)]
      for (const source of ['totals', 'hours', 'events'] as const) {
        for (const detection of detectionKeys) {
          const given = { detection, source, faithful: null, isWeakened: false, ...by('dest') }
          const found = await reads.detection({ ...asked(mine), ...given })
          const counted = await expected.detection({ ...asked(theirs), ...given })
          assert.deepEqual({ ...found, rows: [] }, { ...counted, rows: [] })
          assertSameList(found.rows, counted.rows, ['dest'], `${detection} from ${source}, ${query}`)
        }
        for (const grain of ['rule', 'stack'] as const) {
          if (source === 'events' && grain === 'rule') continue
          const given = { source, grain, ...by('ID') }
          const found = await reads.rules({ ...asked(mine), ...given })
          assert.deepEqual(found, await expected.rules({ ...asked(theirs), ...given }), `${grain} from ${source}`)
        }
      }
    }
    const [mine, theirs] = [
      await questionOf(reads, 'risk', 'dest=!ODD'),
      await questionOf(expected, 'risk', 'dest=!ODD'),
    ]
    const parted = ({ rows }: Page<RiskCounts>) =>
      rows.map(({ parts, ...row }) => ({
        ...row,
        parts: parts.map((part) => JSON.stringify(Object.entries(part).sort())).sort(),
      }))
    for (const source of ['hours', 'events'] as const) {
      const range = { from: mine.window.oldest ?? 0, to: mine.window.newest ?? 0 }
      const given = { source, range, leftOut: null, ...by('normalized_risk_object') }
      const found = await reads.risk({ ...asked(mine), ...given })
      assert.deepEqual(parted(found), parted(await expected.risk({ ...asked(theirs), ...given })), source)
    }
  })

  test(`${name}: what another store has found cannot be read`, async () => {
    const reads = await opening
    for (const table of tables) {
      const question = await questionOf(expected, table, '')
      await assert.rejects(async () => select(reads, table, question), TypeError)
    }
  })
}

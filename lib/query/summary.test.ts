import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { Params } from '#lib/params/params.ts'
import {
  type Counted,
  fitsQuery,
  hostOf,
  hostsOf,
  openSeededStore,
  overviewOf,
  paramsOf,
  riskOf,
  ruleOf,
  rulesOf,
  timelineOf,
  wallOf,
} from './testing.ts'

const seeded = openSeededStore(2000)
const { reads, events, ruleName, ruleTexts } = seeded
after(() => seeded.close())

const hour = 3_600_000
const day = 24 * hour
const times = events.map(({ time }) => time)
const newest = Math.max(...times)
const oldest = Math.min(...times)
const iso = (ms: number): string => new Date(ms).toISOString()

const modeOf = (code: number): 'blocked' | 'audited' | 'overridden' | 'changed' => {
  if ([1121, 1126, 1131, 1133].includes(code)) return 'blocked'
  if (code === 1129) return 'overridden'
  return code === 5007 ? 'changed' : 'audited'
}

/** How many events there are, and of each mode, as every summary has them. */
function tally(some: Counted[]) {
  const of = (mode: string) => some.filter(({ EventCode }) => modeOf(EventCode) === mode).length
  return {
    events: some.length,
    blocked: of('blocked'),
    audited: of('audited'),
    overridden: of('overridden'),
    changed: of('changed'),
  }
}

const span = (some: Counted[]) => ({
  firstTime: Math.min(...some.map(({ time }) => time)),
  lastTime: Math.max(...some.map(({ time }) => time)),
})
const distinct = (some: Counted[], field: 'ID' | 'dest') =>
  new Set(some.map((each) => each[field]).filter((each) => each !== null)).size

const cut = `from=${iso(oldest + 31.7 * hour)}&to=${iso(newest - 12.3 * hour)}`
const queries = [
  '',
  cut,
  'EventCode=112*',
  'feature=asr&ID=!NULL',
  'User=!*a*',
  'q=office',
  'Path=NULL',
  `Parent_Commandline=*exe*&${cut}`,
  `dest=*0*&${cut}`,
  'last=3d&anchor=newest',
]
const fitting = (query: string): Counted[] => {
  const search = new URLSearchParams(query)
  if (search.has('last')) search.set('from', iso(newest - 3 * day))
  return events.filter((each) => fitsQuery(each, search.toString(), ruleTexts))
}

test('hosts have the counts of their events, and risk of the seven days to the anchor whatever the filter', async () => {
  const risk = await riskOf(reads, paramsOf('risk', 'anchor=newest&limit=1000'))
  const scores = new Map(
    risk.rows.map(({ normalized_risk_object, score, count }) => [normalized_risk_object, [score, count]]),
  )
  for (const query of queries) {
    const { rows, total } = await hostsOf(reads, paramsOf('hosts', `${query}&limit=1000&sort=dest&anchor=newest`))
    const expected = [...Map.groupBy(fitting(query), ({ dest }) => dest)].map(([dest, some]) => {
      const [score = 0, riskEvents = 0] = scores.get(dest) ?? []
      return { dest, ...tally(some), rules: distinct(some, 'ID'), ...span(some), score, riskEvents }
    })
    assert.equal(total, expected.length)
    assert.deepEqual(
      rows,
      expected.sort((a, b) => (a.dest < b.dest ? -1 : 1)),
      query,
    )
  }
})

test('rules have the counts of their events, every rule of the lookup and every other that was logged', async () => {
  for (const query of queries) {
    const rows = await rulesOf(reads, paramsOf('rules', query))
    const byRule = Map.groupBy(
      fitting(query).filter(({ ID }) => ID !== null),
      ({ ID }) => ID as string,
    )
    for (const {
      ID,
      ASR_Rule,
      known,
      dests,
      firstTime,
      lastTime,
      events,
      blocked,
      audited,
      overridden,
      changed,
    } of rows) {
      const some = byRule.get(ID) ?? []
      assert.deepEqual({ events, blocked, audited, overridden, changed }, tally(some), `${ID} ${query}`)
      const times = some.length === 0 ? { firstTime: null, lastTime: null } : span(some)
      assert.deepEqual({ dests, firstTime, lastTime }, { dests: distinct(some, 'dest'), ...times }, `${ID} ${query}`)
      assert.deepEqual([ASR_Rule, known], [ruleName(ID), ruleTexts(ID).length > 0])
      byRule.delete(ID)
    }
    assert.equal(byRule.size, 0, query)
    assert.equal(rows.filter(({ known }) => known).length, 19)
  }
  assert.equal((await ruleOf(reads, 'd4f940ab-401b-4efc-aadc-ad5f3c50688a', paramsOf('rules')))?.known, true)
  assert.equal(await ruleOf(reads, 'no-such-rule', paramsOf('rules')), null)
})

test('a timeline counts every event once, in its hour or day, and has a point also when nothing happened', async () => {
  const complete = `from=${iso(Math.floor(oldest / day) * day)}&to=${iso(Math.ceil(newest / day) * day - 1)}`
  for (const query of [...queries, complete, `${complete}&ID=!NULL`, `dest=${events[0]?.dest}`]) {
    for (const bucket of ['hour', 'day'] as const) {
      const length = bucket === 'hour' ? hour : day
      const { points } = await timelineOf(reads, paramsOf('events', query), bucket)
      const counts = Map.groupBy(fitting(query), ({ time }) => Math.floor(time / length) * length)
      for (const [index, { time, block, audit, override, configuration }] of points.entries()) {
        const { blocked, audited, overridden, changed } = tally(counts.get(time) ?? [])
        assert.deepEqual(
          [block, audit, override, configuration],
          [blocked, audited, overridden, changed],
          `${query} ${iso(time)}`,
        )
        counts.delete(time)
        if (index > 0) assert.equal(time - (points[index - 1]?.time ?? 0), length)
      }
      assert.equal(counts.size, 0, query)
    }
  }
})

test('the overview says how many events, dests and rules there are, and what stacks are rare, frequent and new', async () => {
  const overview = await overviewOf(reads)
  const ranges = [
    '',
    cut,
    'last=3d&anchor=newest',
    `from=${iso(newest - 20 * 60_000)}`,
    `to=${iso(oldest - 1)}`,
    'from=1601-01-01',
  ]
  for (const query of ranges) {
    const {
      events: all,
      blocked,
      audited,
      overridden,
      changed,
      dests,
      rules,
      rulesKnown,
      timeline,
    } = query === '' ? overview : await overviewOf(reads, query)
    const some = fitting(query)
    assert.deepEqual({ events: all, blocked, audited, overridden, changed }, tally(some), query)
    const known = some.filter(({ ID }) => ID !== null && ruleTexts(ID).length > 0)
    assert.deepEqual([dests, rules, rulesKnown], [distinct(some, 'dest'), distinct(known, 'ID'), 19], query)
    const inChart = timeline.points.reduce(
      (sum, { block, audit, override, configuration: set }) => sum + block + audit + override + set,
      0,
    )
    assert.equal(inChart, some.length, query)
  }

  const stacks = [
    ...Map.groupBy(
      events.filter(({ EventCode }) => EventCode !== 5007),
      fleetKey,
    ),
  ].map(([key, some]) => ({
    key,
    dests: distinct(some, 'dest'),
    count: some.length,
    ...span(some),
  }))
  const facts = (rows: typeof overview.rarest) =>
    rows.map((row) => ({
      key: fleetKey(row),
      dests: row.dests,
      count: row.count,
      firstTime: row.firstTime,
      lastTime: row.lastTime,
    }))
  const of = (key: string) => stacks.find((stack) => stack.key === key)
  for (const list of [overview.rarest, overview.mostFrequent, overview.newStacks]) {
    assert.ok(list.length > 0)
    for (const row of facts(list)) assert.deepEqual(row, of(row.key))
  }
  const counts = stacks.map(({ count }) => count).sort((a, b) => b - a)
  assert.deepEqual(
    overview.mostFrequent.map(({ count }) => count),
    counts.slice(0, overview.mostFrequent.length),
  )
  assert.ok(overview.rarest.every(({ dests, count }) => dests === 1 && count === 1))
  assert.ok(overview.newStacks.every(({ firstTime }) => firstTime > newest - day))
  const risk = await riskOf(reads, paramsOf('risk', 'anchor=newest&limit=8'))
  assert.deepEqual(overview.hostsByRisk, risk.rows)
})

const fleetKey = (row: {
  EventCode: number
  ID: string | null
  Process_Name: string | null
  Path: string | null
}): string => [row.EventCode, row.ID ?? 'NULL', row.Process_Name ?? 'NULL', row.Path ?? 'NULL'].join(' | ')

test('the wall counts the last day and the last week to its anchor', async () => {
  const wall = await wallOf(reads, 'newest')
  for (const [shown, length] of [
    [wall.last24h, day],
    [wall.last7d, 7 * day],
  ] as const) {
    const some = events.filter(({ time }) => time >= newest - length)
    const known = some.filter(({ ID }) => ID !== null && ruleTexts(ID).length > 0)
    assert.deepEqual(shown, { ...tally(some), dests: distinct(some, 'dest'), rules: distinct(known, 'ID') })
  }
  const total = wall.hours.reduce(
    (sum, { block, audit, override, configuration }) => sum + block + audit + override + configuration,
    0,
  )
  assert.equal(total, events.filter(({ time }) => time >= Math.floor((newest - day) / hour + 1) * hour).length)
  assert.equal(wall.hours.length, 24)
  assert.ok(
    wall.disabledRules.every(
      ({ to, from }) =>
        ['Block', 'Audit', 'Warn'].includes(from) && ['Disabled', 'Not configured', 'NULL'].includes(to),
    ),
  )
  const now = await wallOf(reads, 'now')
  assert.deepEqual(
    [now.last24h.events, now.newestEvent],
    [events.filter(({ time }) => time >= now.at - day && time <= now.at).length, newest],
  )
})

test('without a single event every summary is empty, and none of them fails', async () => {
  const empty = openFixture()
  const overview = await overviewOf(empty.reads)
  assert.deepEqual(
    [overview.events, overview.dests, overview.newestUpload, overview.timeline.points, overview.rarest],
    [0, 0, null, [], []],
  )
  assert.equal((await wallOf(empty.reads, 'newest')).last7d.events, 0)
  assert.deepEqual(await hostsOf(empty.reads, paramsOf('hosts', 'last=7d&anchor=newest')), { total: 0, rows: [] })
  assert.deepEqual(await riskOf(empty.reads, paramsOf('risk', 'anchor=newest')), {
    leftOut: null,
    over24h: 0,
    total: 0,
    rows: [],
  })
  assert.deepEqual((await timelineOf(empty.reads, paramsOf('events'))).points, [])
  assert.equal((await rulesOf(empty.reads, paramsOf('rules'))).length, 19)
  assert.equal(await hostOf(empty.reads, 'PC1', paramsOf('hosts')), null)
  await empty.close()
})

const path = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules'
const guids = [
  'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
  '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2',
  'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4',
  '56A863A9-875E-4185-98A7-B882C64B5CE5',
] as const

test('a host shows each rule as it last was: by its newest event or its newest change', async () => {
  const fixture = openFixture()
  const [office, lsass, usb, driver] = guids
  const at = (clock: string) => `2026-03-02T${clock}Z`
  fixture.add([
    event(1122, 'PC1', at('08:00:00'), { ID: office }),
    event(1121, 'PC1', at('09:00:00'), { ID: office }),
    event(1121, 'PC1', at('08:00:00'), { ID: lsass }),
    event(5007, 'PC1', at('09:00:00'), { 'Old Value': `${path}\\${lsass} = 0x1`, 'New Value': '' }),
    event(1121, 'PC1', at('08:00:00'), { ID: usb }),
    event(1129, 'PC1', at('08:00:05'), { ID: usb }),
    event(5007, 'PC2', at('10:00:00'), { 'Old Value': '', 'New Value': `${path}\\${driver} = 0x2` }),
  ])
  const host = await hostOf(fixture.reads, 'pc1', paramsOf('hosts') as Params)
  const states = new Map(host?.ruleStates.map(({ ID, state, count }) => [ID, `${state} ${count}`]))
  assert.equal(host?.dest, 'PC1')
  assert.equal(host?.events, 6)
  assert.equal(states.size, 19)
  assert.deepEqual(
    guids.map((ID) => states.get(ID)),
    ['block 2', 'off 1', 'warn 2', 'unknown 0'],
  )
  await fixture.close()
})

test('a 1129 proves warn until a later 1122 or a later change says otherwise; a later 1121 does not', async () => {
  const [office] = guids
  const at = (clock: string) => `2026-03-02T${clock}:00Z`
  const fired = (code: number, clock: string) => event(code, 'PC1', at(clock), { ID: office })
  const set = (clock: string, before: string, after: string) =>
    event(5007, 'PC1', at(clock), {
      'Old Value': `${path}\\${office} = ${before}`,
      'New Value': `${path}\\${office} = ${after}`,
    })
  const stateOf = async (...events: ReturnType<typeof event>[]) => {
    const fixture = openFixture()
    fixture.add(events)
    const host = await hostOf(fixture.reads, 'PC1', paramsOf('hosts'))
    await fixture.close()
    return host?.ruleStates.find(({ ID }) => ID === office)?.state
  }
  assert.equal(await stateOf(fired(1129, '08:00'), fired(1121, '09:00')), 'warn')
  assert.equal(await stateOf(fired(1129, '08:00'), fired(1121, '08:00')), 'warn')
  assert.equal(await stateOf(fired(1129, '08:00'), fired(1122, '09:00')), 'audit')
  assert.equal(await stateOf(fired(1129, '08:00'), fired(1122, '09:00'), fired(1121, '10:00')), 'block')
  assert.equal(await stateOf(fired(1122, '07:00'), fired(1129, '08:00'), fired(1121, '10:00')), 'warn')
  assert.equal(await stateOf(fired(1129, '08:00'), set('09:00', '0x6', '0x1'), fired(1121, '10:00')), 'block')
  assert.equal(await stateOf(fired(1129, '08:00'), set('09:00', '0x6', '0x0')), 'off')
  assert.equal(await stateOf(set('07:00', '0x1', '0x6'), fired(1129, '08:00'), fired(1121, '10:00')), 'warn')
  assert.equal(await stateOf(set('07:00', '0x1', '0x2'), fired(1129, '08:00'), fired(1121, '10:00')), 'warn')
  assert.equal(await stateOf(set('07:00', '0x1', '0x6'), fired(1121, '10:00')), 'warn')
  assert.equal(await stateOf(fired(1121, '08:00')), 'block')
})

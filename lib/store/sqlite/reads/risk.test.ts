import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { RiskRow } from '#lib/model/rows.ts'
import {
  type Counted,
  countRiskEvents,
  fitsQuery,
  openSeededStore,
  paramsOf,
  riskOf,
  riskOfHost,
} from '#lib/query/testing.ts'

const day = 86_400_000
const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const officeName = 'Block all Office applications from creating child processes'
const word = {
  ID: office,
  'Process Name': 'WINWORD.EXE',
  Path: 'cmd.exe',
  'Parent Commandline': 'p',
  'Target Commandline': 't',
}
const rules = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules'

const of = (code: number, dest: string, time: string, data: Record<string, string> = word) =>
  event(code, dest, `2026-03-${time}Z`, data)

// Ten events of PC1 and one of PC2; the newest is at 10:30 on the 12th.
const few: LoggedEvent[] = [
  of(1121, 'PC1', '12T10:30:00'), // block, 45
  of(1121, 'PC1', '12T10:00:00'), // the same stack in the same clock hour: no further risk event
  of(1121, 'PC1', '12T09:59:59'), // the hour before: 45
  of(1121, 'PC1', '12T09:10:00', { ...word, Path: 'powershell.exe' }), // another stack: 45
  of(1122, 'PC1', '11T10:29:59'), // audit, a second more than 24 hours ago: 20
  of(1126, 'PC1', '10T12:00:00', { Destination: 'https://a', 'Process Name': 'edge.exe' }), // block and audit: 45 + 20
  of(5007, 'PC1', '08T12:00:00', {
    'Old Value': `${rules}\\${office} = 0x1`,
    'New Value': `${rules}\\${office} = 0x0`,
  }), // 100
  of(5007, 'PC1', '08T12:01:00', {
    'Old Value': `${rules}\\${office} = 0x0`,
    'New Value': `${rules}\\${office} = 0x1`,
  }), // none
  of(1125, 'PC1', '05T10:29:59', { Destination: 'https://a', 'Process Name': 'edge.exe' }), // the week before: 20
  of(1121, 'PC1', '01T00:00:00'), // the week before that has ended: 45
  of(1132, 'pc2', '12T10:00:00', { ID: 'x', Process: 'a', Target: 'b' }), // audit, 20
]

const inShort = ({ normalized_risk_object, score, count, previousScore, score24h, byDay }: RiskRow) => [
  normalized_risk_object,
  score,
  count,
  previousScore,
  score24h,
  byDay.join(' '),
]

test('risk is one event for each result row and clock hour, summed over seven days', async () => {
  const fixture = openFixture()
  fixture.add(few)
  const { rows, total } = await riskOf(fixture.reads, paramsOf('risk', 'anchor=newest'))
  assert.equal(total, 2)
  assert.deepEqual(rows.map(inShort), [
    ['PC1', 320, 7, 65, 135, '0 0 0 100 0 85 135'],
    ['pc2', 20, 1, 0, 20, '0 0 0 0 0 0 20'],
  ])
  const [row] = rows
  assert.deepEqual(row?.byDetection, {
    windows_defender_asr_block_events: 180,
    windows_defender_asr_audit_events: 40,
    windows_defender_asr_rule_disabled: 100,
  })
  assert.equal(row?.over24h, true)
  await fixture.close()
})

test('the second drilldown has the columns of its search, each of many values distinct and sorted', async () => {
  const fixture = openFixture()
  fixture.add(few)
  const row = await riskOfHost(fixture.reads, 'pc1', paramsOf('risk', 'anchor=newest'))
  const time = (ms = 0) => new Date(ms).toISOString()
  assert.deepEqual(
    [row?.normalized_risk_object, row?.count, time(row?.firstTime), time(row?.lastTime)],
    ['PC1', 7, '2026-03-08T12:00:00.000Z', '2026-03-12T10:30:00.000Z'],
  )
  assert.deepEqual(row?.['Search Name'], [
    'Windows Defender ASR Audit Events',
    'Windows Defender ASR Block Events',
    'Windows Defender ASR Rule Disabled',
  ])
  assert.deepEqual(row?.['Risk Message'], [
    `ASR audit event, ${officeName}, was triggered on PC1.`,
    'ASR audit event, NULL, was triggered on PC1.',
    `ASR block event, ${officeName}, was triggered on PC1.`,
    'ASR block event, NULL, was triggered on PC1.',
    `ASR rule disabled event, ${officeName}, was triggered on PC1.`,
  ])
  assert.deepEqual(row?.['Analytic Stories'], ['Windows Attack Surface Reduction'])
  assert.deepEqual(row?.Annotations, ['T1059', 'T1112', 'T1566.001', 'T1566.002'])
  assert.deepEqual(row?.['ATT&CK Tactics'], ['Defense Evasion', 'Execution', 'Initial Access'])
  assert.deepEqual([row?.['ATT&CK Tactics'].length, row?.['Search Name'].length], [3, 3])
  assert.equal(await riskOfHost(fixture.reads, 'PC', paramsOf('risk', 'anchor=newest')), null)
  await fixture.close()
})

test('a policy switch that is turned off is one risk event, and names all rules', async () => {
  const fixture = openFixture()
  const group = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
  const state = (content: string) => `${group}\\ExploitGuard_ASR_Rules = ${content}`
  fixture.add([
    event(5007, 'PC1', 0, { 'Old Value': state('0x1'), 'New Value': state('0x0') }),
    event(5007, 'PC1', 1000, { 'Old Value': state('0x0'), 'New Value': '' }),
  ])
  const row = await riskOfHost(fixture.reads, 'PC1', paramsOf('risk', 'anchor=newest'))
  assert.equal(row?.score, 100)
  assert.deepEqual(row?.['Risk Message'], ['ASR rule disabled event, All rules, was triggered on PC1.'])
  const named = (view: string) =>
    fixture.writer.db.prepare(`SELECT ASR_ID, ASR_Rule FROM ${view} ORDER BY firstTime`).raw().all()
  assert.deepEqual(named('windows_defender_asr_rule_disabled'), [['NULL', 'All rules']])
  assert.deepEqual(named('windows_defender_asr_registry_modification'), [
    ['NULL', 'All rules'],
    ['NULL', 'NULL'],
  ])
  await fixture.close()
})

test('risk of a log from the past is there at the newest event and gone now; a range of its own moves it', async () => {
  const fixture = openFixture()
  fixture.add(few)
  const scores = async (query: string) =>
    (await riskOf(fixture.reads, paramsOf('risk', query))).rows.map(({ score }) => score)
  assert.deepEqual(await scores(''), [])
  assert.deepEqual(await scores('to=2026-03-08T00:00:00Z'), [65])
  assert.deepEqual(await scores('from=2026-03-12T10:00:00Z&to=2026-03-12T10:15:00Z'), [45, 20])
  assert.deepEqual(await scores('from=2026-02-01&to=2026-04-01'), await scores('from=2026-03-01&to=2026-03-20'))
  assert.deepEqual(await scores('from=2026-02-01&to=2026-04-01'), [385, 20])
  assert.deepEqual(await scores('from=2026-02-01'), [385, 20])
  assert.deepEqual(await scores('last=24h&anchor=newest'), [135, 20])
  assert.deepEqual(await scores('mode=faithful&anchor=newest'), [255])
  assert.deepEqual(await scores('anchor=newest&EventCode=1126'), [65])
  await fixture.close()
})

test('an event at the very edge of the seven days is in them, and in no other seven days', async () => {
  const fixture = openFixture()
  fixture.add([
    of(1121, 'PC1', '12T10:00:00.000'),
    of(1121, 'PC1', '11T10:00:00.000'), // 24 hours before: both ends belong to the day
    of(1121, 'PC1', '11T09:59:59.999'),
    of(1122, 'PC1', '05T10:00:00.000'), // seven days before
    of(1122, 'PC1', '05T09:59:59.999', { ...word, Path: 'x' }),
  ])
  const { rows } = await riskOf(fixture.reads, paramsOf('risk', 'anchor=newest'))
  assert.deepEqual(rows.map(inShort), [['PC1', 155, 4, 20, 90, '20 0 0 0 0 45 90']])
  await fixture.close()
})

test('a threshold is crossed by more than 100 in 24 hours, not by 100', async () => {
  const fixture = openFixture()
  const at = (index: number) => of(1122, 'PC1', `12T0${index}:00:00`)
  fixture.add([0, 1, 2, 3, 4].map(at))
  const over = async () =>
    (await riskOf(fixture.reads, paramsOf('risk', 'anchor=newest'))).rows.map((row) => [row.score24h, row.over24h])
  assert.deepEqual(await over(), [[100, false]])
  fixture.add([at(5)])
  assert.deepEqual(await over(), [[120, true]])
  await fixture.close()
})

const seeded = openSeededStore(1500)
const { reads, events, ruleName, ruleTexts } = seeded
after(() => seeded.close())
const newest = Math.max(...events.map(({ time }) => time))
const iso = (ms: number) => new Date(ms).toISOString()

const scored = [
  { key: 'audit', view: 'windows_defender_asr_audit_events', score: 20, text: 'audit event' },
  { key: 'block', view: 'windows_defender_asr_block_events', score: 45, text: 'block event' },
  { key: 'disabled', view: 'windows_defender_asr_rule_disabled', score: 100, text: 'rule disabled event' },
] as const

type Found = { dest: string; view: string; score: number; lastTime: number; firstTime: number; message: string }

/** Risk by dest, one event after the other. */
function countRisk(from: number, to: number, mode: 'complete' | 'faithful', fits: (event: Counted) => boolean) {
  const found = (start: number, end: number): Found[] => {
    const within = events.filter((event) => event.time >= start && event.time <= end && fits(event))
    return scored.flatMap(({ key, view, score, text }) =>
      countRiskEvents(within, key, mode, ruleName).map(({ dest, ASR_Rule, firstTime, lastTime }) => ({
        dest: String(dest),
        view,
        score,
        firstTime: Number(firstTime),
        lastTime: Number(lastTime),
        message: `ASR ${text}, ${ASR_Rule}, was triggered on ${dest}.`,
      })),
    )
  }
  const sum = (rows: Found[] = []) => rows.reduce((total, { score }) => total + score, 0)
  const byDest = (rows: Found[]) => Map.groupBy(rows, ({ dest }) => dest)
  const before = byDest(found(from - 7 * day, from - 1))
  return [...byDest(found(from, to))].map(([dest, rows]) => {
    const days = Map.groupBy(rows, ({ lastTime }) => Math.max(0, Math.floor((to - 1 - lastTime) / day)))
    return {
      normalized_risk_object: dest,
      score: sum(rows),
      count: rows.length,
      firstTime: Math.min(...rows.map(({ firstTime }) => firstTime)),
      lastTime: Math.max(...rows.map(({ lastTime }) => lastTime)),
      previousScore: sum(before.get(dest)),
      score24h: sum(days.get(0)),
      byDay: [6, 5, 4, 3, 2, 1, 0].map((ago) => sum(days.get(ago))),
      byDetection: Object.fromEntries(
        [...Map.groupBy(rows, ({ view }) => view)].map(([view, each]) => [view, sum(each)]).sort(),
      ),
      messages: [...new Set(rows.map(({ message }) => message))].sort(),
    }
  })
}

const facts = (row: RiskRow) => ({
  normalized_risk_object: row.normalized_risk_object,
  score: row.score,
  count: row.count,
  firstTime: row.firstTime,
  lastTime: row.lastTime,
  previousScore: row.previousScore,
  score24h: row.score24h,
  byDay: row.byDay,
  byDetection: Object.fromEntries(Object.entries(row.byDetection).sort()),
  messages: row['Risk Message'],
})

test('risk is the same as counting result rows hour by hour, in any range, mode and filter', async () => {
  const someDest = events[10]?.dest ?? ''
  const queries = [
    'anchor=newest',
    'anchor=newest&mode=faithful',
    `to=${iso(newest - 3.3 * day)}`,
    `to=${iso(newest - 3.3 * day)}&mode=faithful`,
    `to=${iso(Math.floor(newest / 3_600_000) * 3_600_000 - 1)}`,
    `from=${iso(newest - 5 * day)}&to=${iso(newest - 2 * day)}`,
    'anchor=newest&User=*a*',
    'anchor=newest&ID=!NULL&EventCode=112*',
    'anchor=newest&q=exe&mode=faithful',
    'anchor=newest&Target_Commandline=NULL',
    `anchor=newest&dest=!${someDest}`,
    'last=36h&anchor=newest',
  ]
  for (const query of queries) {
    const params = paramsOf('risk', `${query}&limit=1000&sort=-score,normalized_risk_object`)
    const to = params.to ?? newest
    const from = params.from ?? to - (params.last?.ms ?? 7 * day)
    const { rows, total } = await riskOf(reads, params)
    const fits = (event: Counted) => {
      const search = new URLSearchParams(query)
      for (const name of ['from', 'to']) search.delete(name)
      return fitsQuery(event, search.toString(), ruleTexts)
    }
    const expected = countRisk(from, to, params.mode, fits)
    const byName = (a: { normalized_risk_object: string }, b: { normalized_risk_object: string }) =>
      a.normalized_risk_object < b.normalized_risk_object ? -1 : 1
    assert.ok(expected.length > 3, query)
    assert.deepEqual(rows.map(facts).sort(byName), expected.sort(byName), query)
    assert.equal(total, expected.length)
    if (params.from === null && params.last === null) {
      for (const { byDay, score } of rows)
        assert.equal(
          byDay.reduce((sum, each) => sum + each),
          score,
          'the days add up',
        )
    }
  }
})

test('the pages of the ranking are the complete ranking, in every order, and a page past its end still knows its length', async () => {
  const sorts = [
    '-score',
    'score',
    'normalized_risk_object',
    '-count',
    '-lastTime',
    'firstTime',
    '-previousScore',
    '-score24h',
  ]
  for (const sort of sorts) {
    const query = (rest: string) => paramsOf('risk', `anchor=newest&sort=${sort}&${rest}`)
    const complete = await riskOf(reads, query('limit=1000'))
    const pages = []
    for (let page = 1; page <= 5; page++) {
      const { rows, total } = await riskOf(reads, query(`limit=9&page=${page}`))
      assert.equal(total, complete.total, `${sort} page ${page}`)
      pages.push(...rows)
    }
    assert.deepEqual(pages, complete.rows, sort)
  }
})

test('the order of uploads and a second upload change no risk', async () => {
  const table = async (pieces: LoggedEvent[][]) => {
    const fixture = openFixture()
    for (const piece of pieces) fixture.add(piece)
    const { rows } = await riskOf(fixture.reads, paramsOf('risk', 'anchor=newest'))
    await fixture.close()
    return rows
  }
  const [a, b] = [few.slice(0, 6), few.slice(4)]
  const once = await table([few])
  assert.deepEqual(await table([b, a]), once)
  assert.deepEqual(await table([a, b, few, [...few].reverse()]), once)
})

test('hosts are ranked by any day of the week alike, and one without risk in the window is not ranked', async () => {
  const fixture = openFixture()
  fixture.add([
    of(1121, 'TODAY', '12T10:00:00.000'),
    of(1121, 'YESTERDAY', '11T08:00:00.000'),
    of(1122, 'YESTERDAY', '11T08:00:00.000'),
    of(1121, 'BEFORE', '04T10:00:00.000'),
  ])
  const ranked = async (sort: string) => {
    const { total, rows } = await riskOf(fixture.reads, paramsOf('risk', `anchor=newest&sort=${sort}`))
    assert.equal(total, rows.length)
    return rows.map(({ normalized_risk_object }) => normalized_risk_object)
  }
  assert.deepEqual(await ranked('-score'), ['YESTERDAY', 'TODAY'])
  assert.deepEqual(await ranked('-score24h'), ['TODAY', 'YESTERDAY'])
  assert.deepEqual(await ranked('-previousScore'), ['YESTERDAY', 'TODAY'])
  await fixture.close()
})

test('a filter on a rule leaves the risk of that rule', async () => {
  const fixture = openFixture()
  const other = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
  fixture.add([of(1121, 'PC1', '12T10:00:00.000'), of(1121, 'PC1', '12T10:00:00.001', { ...word, ID: other })])
  const scores = async (query: string) =>
    (await riskOf(fixture.reads, paramsOf('risk', `anchor=newest&${query}`))).rows.map(({ score }) => score)
  assert.deepEqual([await scores(''), await scores(`ID=${other}`), await scores('ID=NULL')], [[90], [45], []])
  await fixture.close()
})

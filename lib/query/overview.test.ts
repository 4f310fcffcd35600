import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { overviewParams, selectOverview, selectStackList } from './overview.ts'
import { ask } from './question.ts'
import { paramsOf } from './testing.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const day = 86_400_000
const newest = Date.parse('2026-03-20T10:30:00.500Z')
/** Long after the newest event: what the overview shows ends at that event, not now. */
const now = Date.parse('2026-06-01T00:00:00Z')

/** The range of the overview without parameters. */
const defaults = overviewParams(defaultParams('events'), undefined)

/** An event of a process, on a host. */
const ran = (process: string, time: number, dest = 'PC1') =>
  event(1121, dest, time, { ID: office, 'Process Name': process, Path: 'a.exe' })

async function overviewOf(...events: ReturnType<typeof event>[]) {
  const fixture = openFixture()
  fixture.add(events)
  const overview = await selectOverview(fixture.reads, await ask(fixture.reads, defaults, now))
  await fixture.close()
  return overview
}

test('new in the last day is what was first seen less than a day before the end, rare and recent first', async () => {
  const { newStacks } = await overviewOf(
    ran('newest.exe', newest),
    ran('newest.exe', newest - 1),
    ran('a day old.exe', newest - day),
    ran('nearly a day old.exe', newest - day + 1),
    ran('two days old.exe', newest - 2 * day + 1),
    ran('seen again.exe', newest - 5 * day),
    ran('seen again.exe', newest - 1),
    ran('on two hosts.exe', newest - 2),
    ran('on two hosts.exe', newest - 2, 'PC2'),
    ran('an hour old.exe', newest - 3_600_000),
    event(5007, 'PC1', newest - 10, { 'Old Value': '', 'New Value': 'HKLM\\x\\ASR\\Rules\\y = 0x1' }),
  )
  assert.deepEqual(
    newStacks.map(({ Process_Name, dests, firstTime }) => [Process_Name, dests, firstTime]),
    [
      ['newest.exe', 1, newest - 1],
      ['an hour old.exe', 1, newest - 3_600_000],
      ['nearly a day old.exe', 1, newest - day + 1],
      ['on two hosts.exe', 2, newest - 2],
    ],
  )
})

test('the rarest are on the fewest hosts, then seen least often, then most recently; the most frequent come first', async () => {
  const { rarest, mostFrequent } = await overviewOf(
    ...[1, 2, 3].map((before) => ran('three on one host.exe', newest - before)),
    ran('once on two hosts.exe', newest - 9),
    ran('once on two hosts.exe', newest - 8, 'PC2'),
    ran('once, long ago.exe', newest - 20 * day),
    ran('once, lately.exe', newest - day),
    ...Array.from({ length: 5 }, (_, index) => ran(`filler ${index}.exe`, newest - 29 * day - index)),
  )
  assert.deepEqual(
    rarest.map(({ Process_Name }) => Process_Name),
    [
      'once, lately.exe',
      'once, long ago.exe',
      ...[0, 1, 2, 3, 4].map((index) => `filler ${index}.exe`),
      'three on one host.exe',
    ],
  )
  assert.deepEqual(
    mostFrequent.slice(0, 3).map(({ Process_Name, count }) => [Process_Name, count]),
    [
      ['three on one host.exe', 3],
      ['once on two hosts.exe', 2],
      ['once, long ago.exe', 1],
    ],
  )
  assert.equal(mostFrequent.length, 8)
})

test('without a range the overview counts the thirty days to the newest event, both ends included, and nothing before', async () => {
  const overview = await overviewOf(
    ran('a.exe', newest),
    ran('a.exe', newest - 30 * day, 'PC2'),
    ran('a.exe', newest - 30 * day - 1, 'BEFORE'),
  )
  const { events, blocked, dests, rules, timeline, rarest } = overview
  assert.deepEqual([events, blocked, dests, rules], [2, 2, 2, 1])
  assert.equal(timeline.bucket, 'day')
  const midnight = Date.parse('2026-03-20T00:00:00Z')
  assert.deepEqual(
    timeline.points.map(({ time, block }) => [time, block]),
    Array.from({ length: 31 }, (_, index) => [midnight - (30 - index) * day, index === 0 || index === 30 ? 1 : 0]),
  )
  assert.deepEqual(
    rarest.map(({ count, dests: hosts }) => [count, hosts]),
    [[3, 3]],
    'a stack that is seen in the range is counted over all time',
  )
})

test('every part of the overview is of the range of its parameters', async () => {
  const rules = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules'
  const set = (before: string, after: string, time: number, dest: string) =>
    event(5007, dest, time, {
      'Old Value': `${rules}\\${office} = ${before}`,
      'New Value': `${rules}\\${office} = ${after}`,
    })
  const fixture = openFixture()
  const middle = newest - 10 * day
  fixture.add([
    ran('before.exe', middle - 3 * day),
    ran('within.exe', middle, 'PC2'),
    ran('throughout.exe', middle - 5 * day),
    ran('throughout.exe', middle - 3_600_000),
    ran('throughout.exe', newest),
    ran('around.exe', middle - 5 * day),
    ran('around.exe', newest),
    set('0x1', '0x0', middle - 1, 'PC3'),
    set('0x1', '0x2', middle - 2, 'PC4'),
    set('0x1', '0x0', newest, 'PC5'),
    set('0x1', '0x2', newest, 'PC6'),
  ])
  const iso = (time: number) => new Date(time).toISOString()
  const params = paramsOf('events', `from=${iso(middle - 2 * day)}&to=${iso(middle)}`)
  const question = await ask(fixture.reads, params, now)
  const overview = await selectOverview(fixture.reads, question)
  const names = (rows: { Process_Name: string }[]) => rows.map(({ Process_Name }) => Process_Name)
  assert.deepEqual([overview.events, overview.blocked, overview.changed, overview.dests], [4, 2, 2, 4])
  assert.equal(overview.asrChanges, 2)
  assert.equal(
    overview.timeline.points.reduce((sum, { block, configuration }) => sum + block + configuration, 0),
    4,
  )
  assert.deepEqual(names(overview.rarest), ['within.exe', 'throughout.exe'])
  assert.deepEqual(names(overview.mostFrequent), ['throughout.exe', 'within.exe'])
  assert.deepEqual(names(overview.newStacks), ['within.exe'])
  assert.deepEqual(
    overview.rarest.map(({ dest }) => dest),
    ['PC2', 'PC1'],
  )
  assert.deepEqual(overview.hostsByRisk.map(({ normalized_risk_object }) => normalized_risk_object).sort(), [
    'PC1',
    'PC2',
    'PC3',
  ])
  const { disabled, weakened } = overview.warnings
  assert.deepEqual([disabled.total, disabled.rows[0]?.dest], [1, 'PC3'])
  assert.deepEqual([weakened.total, weakened.rows[0]?.dest], [1, 'PC4'])
  for (const list of ['rarest', 'most-frequent'] as const) {
    const { total, rows } = await selectStackList(fixture.reads, list, question)
    assert.deepEqual([total, names(rows)], [2, names(list === 'rarest' ? overview.rarest : overview.mostFrequent)])
  }
  const second = await selectStackList(fixture.reads, 'rarest', {
    ...question,
    params: { ...params, page: 2, limit: 1 },
  })
  assert.deepEqual([second.total, names(second.rows)], [2, ['throughout.exe']])
  await fixture.close()
})

test('a URL without a range means thirty days to the newest event, or to the anchor that it names', () => {
  const ends = (query: string, anchor?: 'now' | 'newest') => {
    const { from, to, last, anchor: end } = overviewParams(paramsOf('events', query), anchor)
    return [from, to, last?.text ?? null, end]
  }
  assert.deepEqual(ends(''), [null, null, '30d', 'newest'])
  assert.deepEqual(ends('anchor=now', 'now'), [null, null, '30d', 'now'])
  assert.deepEqual(ends('last=7d'), [null, null, '7d', 'now'])
  assert.deepEqual(ends('from=2026-03-01'), [Date.parse('2026-03-01'), null, null, 'now'])
})

test('the hosts with most risk are those of the week to the newest event, eight of them', async () => {
  const { hostsByRisk } = await overviewOf(
    ...Array.from({ length: 9 }, (_, index) => ran(`${index}.exe`, newest - index, `PC${index}`)),
    ran('long ago.exe', newest - 8 * day, 'LONG-AGO'),
  )
  assert.deepEqual(
    hostsByRisk.map(({ normalized_risk_object, score }) => [normalized_risk_object, score]),
    // Equal scores run the way the order does, so that the last name comes first.
    Array.from({ length: 8 }, (_, index) => [`PC${8 - index}`, 45]),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { eventKey } from '#lib/asr/event-key.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { detectionOf, eventsOf, paramsOf, readEvent, riskOf, sampleEvents, timelineOf } from '#lib/query/testing.ts'
import type { Reads } from '#lib/store/reads.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const fields = { ID: office, 'Process Name': 'a.exe', Path: 'b.exe', 'Parent Commandline': 'a' }

const stacksOf = async (reads: Reads, query = '') =>
  (await detectionOf(reads, 'stacking', paramsOf('stacking', query))).rows
const eventRows = async (reads: Reads, query = '') => (await eventsOf(reads, paramsOf('events', query))).rows

test('link → undo → other upload → link: no link ever shows another row', async () => {
  const fixture = openFixture()
  const { reads, writer } = fixture
  const logs = [sampleEvents(300, { dests: 5, days: 2 }), sampleEvents(900, { dests: 9, days: 3 }).slice(300)]
  const [first = [], second = []] = logs.map((log) => log.map(readEvent))
  const upload = fixture.add(first)
  const links = {
    stacks: (
      await Promise.all(
        detectionKeys.map(async (key) => (await detectionOf(reads, key, paramsOf(key, 'limit=10000'))).rows),
      )
    ).flat(),
    events: await eventRows(reads, 'limit=10000'),
  }
  assert.ok(links.stacks.length > 100 && links.events.length === first.length)
  writer.undoUpload(upload)
  fixture.add(second.map((each) => ({ ...each, dest: `OTHER-${each.dest}` })))
  for (const { stack } of links.stacks) {
    assert.equal(await reads.hasStack(stack), false)
    const { total, rows, events } = await detectionOf(reads, 'stacking', paramsOf('stacking', `stack=${stack}`))
    assert.deepEqual([total, rows, events], [0, [], 0])
    assert.deepEqual(await eventsOf(reads, paramsOf('events', `stack=${stack}`)), { total: 0, rows: [] })
  }
  for (const { id } of links.events) assert.equal(await reads.event(id), null)
  // The same log again, in another order and so with other row numbers: each link shows what it showed.
  fixture.add(first.toReversed(), 50)
  for (const { id, upload: _, ...link } of links.events) {
    const { fields, format, stack, id: found, upload, ...row } = (await reads.event(id)) ?? assert.fail(id)
    assert.deepEqual([found, row], [id, link])
  }
  for (const key of detectionKeys) {
    const { rows } = await detectionOf(reads, key, paramsOf(key, 'limit=10000'))
    const byKey = new Map(rows.map((row) => [row.stack, row]))
    const { numbers, by } = detections[key]
    assert.ok(numbers.length > 0)
    for (const link of links.stacks) {
      const row = byKey.get(link.stack)
      if (row !== undefined && by.every((field) => field in link)) assert.deepEqual({ ...link, ...row }, link)
    }
  }
  await fixture.close()
})

test('keys are those of lib/asr: of the by-fields of a stack, and of what identifies an event', async () => {
  const fixture = openFixture()
  fixture.add([
    event(1121, 'PC1', 1_700_000_000_123, fields, 77),
    event(1121, 'PC1', 1_700_000_000_123, fields, null),
    event(1121, 'PC1', 1_700_000_000_123, fields, null),
  ])
  const [stack] = await stacksOf(fixture.reads)
  const values = ['pc1', 'a', 'a.exe', 'b.exe', office, '1121']
  assert.equal(stack?.stack, stackKey(detections.stacking.by, values))
  const rows = await eventRows(fixture.reads)
  assert.equal(new Set(rows.map(({ id }) => id)).size, 3)
  const known = { dest: 'pc1', EventCode: 1121, time: 1_700_000_000_999, recordId: 77, hash: null, ordinal: null }
  assert.ok(rows.some(({ id }) => id === eventKey(known)))
  const hash = fixture.writer.db.prepare('SELECT lower(hex(hash)) FROM event WHERE ordinal = 1').pluck().get() as string
  assert.ok(rows.some(({ id }) => id === eventKey({ ...known, recordId: null, hash, ordinal: 1 })))
  for (const { id, EventRecordID } of rows) {
    const found = await fixture.reads.event(id)
    assert.deepEqual([found?.id, found?.EventRecordID, found?.stack], [id, EventRecordID, stack?.stack])
  }
  await fixture.close()
})

test('stacks that differ only in a missing field and the text NULL stay apart', async () => {
  const fixture = openFixture()
  fixture.add([
    event(1121, 'PC1', 1000, { ...fields, 'Parent Commandline': '' }),
    event(1121, 'PC1', 2000, { ...fields, 'Parent Commandline': 'NULL' }),
    event(1121, 'PC1', 3000, { ...fields, 'Parent Commandline': 'NULL' }),
  ])
  const rows = await stacksOf(fixture.reads)
  assert.deepEqual(
    rows.map(({ count, faithful, Parent_Commandline }) => [count, faithful, Parent_Commandline]),
    [
      [2, 1, 'NULL'],
      [1, 0, 'NULL'],
    ],
  )
  assert.equal(new Set(rows.map(({ stack }) => stack)).size, 2)
  for (const row of rows) {
    assert.deepEqual(await stacksOf(fixture.reads, `stack=${row.stack}`), [row])
    const members = await eventRows(fixture.reads, `stack=${row.stack}`)
    assert.equal(members.length, row.count)
    const value = row.faithful === 1 ? 'NULL' : null
    assert.ok(members.every(({ Parent_Commandline }) => Parent_Commandline === value))
  }
  await fixture.close()
})

test('an event before 1970 is found by its key, at every part of a second', async () => {
  const fixture = openFixture()
  const times = [-1, -500, -999, -1000, -1001, 0, 1, 999, 1000, -11_644_473_600_000, -11_644_473_599_001]
  fixture.add(times.map((time) => event(1121, 'OLD', time, fields)))
  const rows = await eventRows(fixture.reads, 'limit=100')
  assert.equal(rows.length, times.length)
  for (const { id, _time } of rows) assert.equal((await fixture.reads.event(id))?._time, _time)
  const [stack] = await stacksOf(fixture.reads)
  assert.equal((await eventRows(fixture.reads, `stack=${stack?.stack}&limit=100`)).length, times.length)
  await fixture.close()
})

test('a stack that is not a key, or that nothing belongs to, has no row, no event and no point of a timeline', async () => {
  const fixture = openFixture()
  fixture.add([event(1121, 'PC1', 0, fields)])
  const of = (stack: string) => ({ ...paramsOf('stacking'), stack })
  for (const stack of ['1', '123', 'abc', stackKey([], [])]) {
    const { total, rows, events } = await detectionOf(fixture.reads, 'stacking', of(stack))
    assert.deepEqual([total, rows, events], [0, [], 0])
    const found = await eventsOf(fixture.reads, { ...paramsOf('events'), stack })
    assert.deepEqual(found, { total: 0, rows: [] })
    assert.deepEqual((await timelineOf(fixture.reads, of(stack))).points, [])
    for (const query of ['from=1960-01-01', 'from=1969-12-31T23:30:00Z', 'q=exe', 'User=NULL', 'sort=Path']) {
      const asked = { ...paramsOf('stacking', query), stack }
      assert.equal((await detectionOf(fixture.reads, 'stacking', asked)).total, 0, query)
    }
  }
  for (const id of ['1', '123', 'e', 'x', stackKey([], [])]) assert.equal(await fixture.reads.event(id), null)
  await fixture.close()
})

const asr = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'

test('a configuration change has what it excluded and whether it weakened, in its rows and its event', async () => {
  const fixture = openFixture()
  const path = (name: string) => `${asr}\\ASROnlyExclusions\\${name} = 0x0`
  fixture.add([
    event(5007, 'PC1', 1000, { 'New Value': path('C:\\Users\\Public') }),
    event(5007, 'PC1', 2000, { 'New Value': path('C:\\dev\\a.exe') }),
    event(5007, 'PC1', 3000, {
      'Old Value': `${asr}\\Rules\\${office} = 0x1`,
      'New Value': `${asr}\\Rules\\${office} = 0x2`,
    }),
    event(5007, 'PC1', 4000, {
      'Old Value': `${asr}\\Rules\\${office} = 0x1`,
      'New Value': `${asr}\\Rules\\${office} = 0x0`,
    }),
    event(1121, 'PC1', 5000, fields),
  ])
  const of = async (key: 'registry' | 'disabled') =>
    (await detectionOf(fixture.reads, key, paramsOf(key, 'sort=firstTime'))).rows.map(
      ({ Exclusion, weakened, New_Registry_Value }) => [Exclusion, weakened, New_Registry_Value],
    )
  assert.deepEqual(await of('registry'), [
    ['C:\\Users\\Public', 1, 'NULL'],
    ['C:\\dev\\a.exe', 0, 'NULL'],
    [null, 1, 'Audit'],
    [null, 0, 'Disabled'],
  ])
  assert.deepEqual(await of('disabled'), [[null, 0, 'Disabled']])
  const rows = await eventRows(fixture.reads, 'sort=_time')
  const exclusions = ['C:\\Users\\Public', 'C:\\dev\\a.exe', null, null, null]
  assert.deepEqual(
    rows.map(({ Exclusion }) => Exclusion),
    exclusions,
  )
  const details = await Promise.all(rows.map(({ id }) => fixture.reads.event(id)))
  assert.deepEqual(
    details.map((detail) => detail?.Exclusion),
    exclusions,
  )
  await fixture.close()
})

test('a rule that was Disabled and stays Disabled is in faithful mode of /disabled only, and raises no risk', async () => {
  const fixture = openFixture()
  const value = (state: string) => `${asr}\\Rules\\${office} = ${state}`
  fixture.add([
    event(5007, 'PC1', 1000, { 'Old Value': value('0x0').replace('HKLM', 'Default'), 'New Value': value('0x0') }),
    event(5007, 'PC1', 2000, { 'Old Value': value('0x1'), 'New Value': value('0x0') }),
    event(5007, 'PC1', 3000, { 'Old Value': value('0x1'), 'New Value': '' }),
  ])
  const { db } = fixture.writer
  const stored = db.prepare('SELECT faithful, stacks FROM detection_total WHERE detection = 5').raw().all()
  const of = async (query: string, key: 'registry' | 'disabled' = 'disabled') => {
    const { rows, total, events, faithfulEvents } = await detectionOf(fixture.reads, key, paramsOf(key, query))
    assert.equal(rows.length, total)
    return [rows.map(({ firstTime, faithful }) => [firstTime, faithful]), events, faithfulEvents]
  }
  const splunkOnly = stored.some((row) => (row as number[])[0] === 2)
  assert.ok(splunkOnly, JSON.stringify(stored))
  const range = 'from=1969-12-31T23:00:00Z&to=1970-01-01T00:30:00Z'
  for (const more of [
    '',
    `&${range}`,
    '&dest=PC1',
    '&q=rules',
    '&sort=dest,firstTime',
    `&${range}&sort=dest,firstTime`,
  ]) {
    const sort = more.includes('sort') ? '' : '&sort=firstTime'
    const [complete, faithful] = [
      [
        [2000, 1],
        [3000, 0],
      ],
      [
        [1000, 1],
        [2000, 1],
      ],
    ]
    assert.deepEqual(await of(`mode=complete${sort}${more}`), [complete, 2, 2], more)
    assert.deepEqual(await of(`mode=faithful${sort}${more}`), [faithful, 2, 2], more)
    assert.deepEqual(await of(`faithful=0${sort}${more}`), [[[3000, 0]], 2, 2], more)
    assert.deepEqual((await of(`${sort}${more}`, 'registry'))[0], [...faithful, [3000, 0]], more)
  }
  // Two of the three rows are of each mode.
  for (const mode of ['complete', 'faithful']) {
    for (const filter of ['', '&q=rules']) {
      const { rows } = await riskOf(fixture.reads, paramsOf('risk', `anchor=newest&mode=${mode}${filter}`))
      assert.deepEqual(
        rows.map(({ score, count }) => [score, count]),
        [[200, 2]],
      )
    }
  }
  await fixture.close()
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textEvent } from '#lib/formats/testing.ts'
import { openFixture, sendLog } from '#lib/ingest/testing.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { defaultPair, selectComparison } from './compare.ts'

const hour = 3_600_000
const start = Date.parse('2026-03-02T08:00:00Z')
const first = { offset: 0, limit: 100 }

/** Records of one dest, one an hour; every third is an event that is kept. */
const records = (dest: string, from: number, to: number, hours: number, engine = '1.1.1') =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    EventCode: (from + index) % 3 === 0 ? 1121 : 1150,
    dest,
    recordId: from + index,
    time: start + (hours + index) * hour,
    fields: [
      ['ID', 'x'],
      ['Engine Version', engine],
    ] as [string, string][],
  }))

/** Two collections of PC-1: ids 1 to 30 with 13 to 18 missing, and later 10 to 40; and dests of their own. */
const logA = evtxBytes([...records('PC-1', 1, 12, 0), ...records('PC-1', 19, 30, 18), ...records('ONLY-A', 1, 6, 0)])
const logB = evtxBytes([...records('PC-1', 10, 40, 9, '1.1.2'), ...records('ONLY-B', 3, 3, 0)])

async function compared() {
  const fixture = openFixture()
  const a = (await sendLog(fixture, logA)).id
  const b = (await sendLog(fixture, logB)).id
  return { fixture, ids: [a, b] as [string, string] }
}

test('two collections are compared record by record and event by event, whichever of them stored an event', async () => {
  const { fixture, ids } = await compared()
  const found = (await selectComparison(fixture.reads, ids, first)) ?? assert.fail()
  const shortly = found.dests.rows.map(({ dest, records, events, filled }) => ({ dest, records, events, filled }))
  const none = { a: 0, b: 0 }
  assert.deepEqual(shortly, [
    // In both 10 to 12 and 19 to 30; of the 6 that A lacks B has all.
    { dest: 'PC-1', records: { both: 15, a: 9, b: 16 }, events: { both: 5, a: 3, b: 5 }, filled: { a: 6, b: 0 } },
    { dest: 'ONLY-A', records: { both: 0, a: 6, b: 0 }, events: { both: 0, a: 2, b: 0 }, filled: none },
    { dest: 'ONLY-B', records: { both: 0, a: 0, b: 1 }, events: { both: 0, a: 0, b: 1 }, filled: none },
  ])
  assert.deepEqual([found.events, found.unknown], [{ both: 5, a: 5, b: 6 }, 0])
  assert.deepEqual(found.codes, [
    { code: '1121', a: 10, b: 11 },
    { code: '1150', a: 20, b: 21 },
  ])
  assert.deepEqual(found.versions, [
    { kind: 'engine', version: '1.1.2', a: 0, b: 10 },
    { kind: 'engine', version: '1.1.1', a: 10, b: 1 },
  ])
  await fixture.close()
})

test('the other way round it is the same, turned round', async () => {
  const { fixture, ids } = await compared()
  const found = (await selectComparison(fixture.reads, [ids[1], ids[0]], first)) ?? assert.fail()
  assert.deepEqual(found.events, { both: 5, a: 6, b: 5 })
  assert.deepEqual(found.dests.rows[0]?.filled, { a: 0, b: 6 })
  await fixture.close()
})

test('the events of either are listed, newest first', async () => {
  const { fixture, ids } = await compared()
  const idsIn = async (place: 'both' | 'a' | 'b') => {
    const { total, rows } = await fixture.reads.comparedEvents(ids, place, first)
    assert.equal(total, rows.length)
    return rows.map(({ dest, EventRecordID }) => `${dest} ${EventRecordID}`)
  }
  assert.deepEqual(await idsIn('both'), ['PC-1 30', 'PC-1 27', 'PC-1 24', 'PC-1 21', 'PC-1 12'])
  assert.deepEqual(await idsIn('a'), ['PC-1 9', 'ONLY-A 6', 'PC-1 6', 'ONLY-A 3', 'PC-1 3'])
  assert.deepEqual(await idsIn('b'), ['PC-1 39', 'PC-1 36', 'PC-1 33', 'PC-1 18', 'PC-1 15', 'ONLY-B 3'])
  await fixture.close()
})

test('the same log twice has everything in both', async () => {
  const { fixture, ids } = await compared()
  const again = (await sendLog(fixture, logA)).id
  const found = (await selectComparison(fixture.reads, [ids[0], again], first)) ?? assert.fail()
  assert.deepEqual(found.events, { both: 10, a: 0, b: 0 })
  await fixture.close()
})

test('a dest without EventRecordIDs is not compared, and said not to be', async () => {
  const { fixture, ids } = await compared()
  const text = textEvent(1121, 'x')
    .replace(/RecordNumber=.*\n/, '')
    .replace('host1', 'PC-1')
  const other = (await sendLog(fixture, text)).id
  const found = (await selectComparison(fixture.reads, [ids[0], other], first)) ?? assert.fail()
  const pc = found.dests.rows.find(({ dest }) => dest === 'PC-1')
  assert.deepEqual([pc?.records, pc?.events, pc?.filled, found.unknown], [null, null, null, 1])
  assert.deepEqual(found.codes[0], { code: '1121', a: null, b: null })
  await fixture.close()
})

test('an upload that is not there is compared with none', async () => {
  const { fixture, ids } = await compared()
  assert.equal(await selectComparison(fixture.reads, [ids[0], 'nowhere'], first), null)
  await fixture.close()
})

test('hosts that both uploads have come first, over all pages', async () => {
  const { fixture, ids } = await compared()
  const hostsOf = async (offset: number) => {
    const found = await selectComparison(fixture.reads, ids, { offset, limit: 1 })
    return [found?.dests.total, found?.dests.rows.map(({ dest }) => dest)]
  }
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map(hostsOf)), [
    [3, ['PC-1']],
    [3, ['ONLY-A']],
    [3, ['ONLY-B']],
    [3, []],
  ])
  assert.equal(await selectComparison(fixture.reads, ['nowhere', ids[1]], first), null)
  await fixture.close()
})

test('an event whose clock was a little behind is in the uploads that have its record', async () => {
  const fixture = openFixture()
  const log = evtxBytes(
    [30, 0, 55, 20].map((second, index) => ({
      ...{ EventCode: 1121, dest: 'PC-1', recordId: index + 1, time: start + second * 1000 },
      fields: [['ID', 'x']] as [string, string][],
    })),
  )
  const [a, b] = [(await sendLog(fixture, log)).id, (await sendLog(fixture, log)).id]
  const found = await selectComparison(fixture.reads, [a, b], first)
  assert.deepEqual(found?.events, { both: 4, a: 0, b: 0 })
  await fixture.close()
})

test('codes that are counted and not kept follow the others, the most frequent first', async () => {
  const fixture = openFixture()
  const log = evtxBytes(
    [1150, 1151, 1151, 2001, 1000, 1121].map((EventCode, index) => ({
      ...{ EventCode, dest: 'PC-9', recordId: index + 1, time: start + index * hour },
      fields: [['ID', 'x']] as [string, string][],
    })),
  )
  const [a, b] = [(await sendLog(fixture, log)).id, (await sendLog(fixture, logA)).id]
  const found = await selectComparison(fixture.reads, [a, b], first)
  assert.deepEqual(
    found?.codes.map(({ code, a, b }) => [code, a, b]),
    [
      ['1121', 1, 10],
      ['1150', 1, 20],
      ['1151', 2, 0],
      ['1000', 1, 0],
      ['2001', 1, 0],
    ],
  )
  await fixture.close()
})

test('if nobody names two uploads, the newest is compared with the newest other one that has a host of it', async () => {
  const fixture = openFixture()
  const { reads } = fixture
  assert.equal(await defaultPair(reads, null), null)
  const a = (await sendLog(fixture, logA)).id
  assert.equal(await defaultPair(reads, null), null)
  const strange = (await sendLog(fixture, evtxBytes(records('ELSEWHERE', 1, 9, 0)))).id
  assert.deepEqual(await defaultPair(reads, null), [a, strange])
  const b = (await sendLog(fixture, logB)).id
  assert.deepEqual(await defaultPair(reads, null), [a, b])
  assert.deepEqual(await defaultPair(reads, a), [a, b])
  assert.deepEqual(await defaultPair(reads, strange), [strange, b])
  assert.equal(await defaultPair(reads, 'nothing'), null)
  await fixture.close()
})

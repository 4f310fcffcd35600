import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templates } from '#lib/asr/templates.ts'
import { dice } from '#lib/formats/testing.ts'
import { event } from '#lib/ingest/testing.ts'
import { openContinuity } from './continuity.ts'
import { limits } from './limits.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.parse('2026-03-02T08:00:00Z')

type Record = [id: number | null, time: number]

/** Records `from` to `to`, one every ten minutes from `time` on. */
const count = (from: number, to: number, time: number): Record[] =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, time + index * 10 * minute])

/** The continuity of a log of one dest, in which every fifth record is of a code that is not kept. */
function continuityOf(records: Record[], others = (index: number) => index % 5 === 0, EventCode = 1150) {
  const continuity = openContinuity()
  for (const [index, [recordId, time]] of records.entries()) {
    if (others(index)) continuity.other({ EventCode, dest: 'PC-1', recordId, time })
    else continuity.event(event(1121, 'PC-1', time, {}, recordId))
  }
  const [dest, ...more] = continuity.close().dests
  assert.ok(dest && more.length === 0)
  return dest
}

/** The stretches of a log in short. */
const inShort = (records: Record[]) =>
  continuityOf(records).stretches.map(({ after, missing, firstId, lastId }) => [after, missing, firstId, lastId])

const orders: { [name: string]: (records: Record[]) => Record[] } = {
  'oldest first': (records) => records,
  'newest first': (records) => records.toReversed(),
  shuffled: (records) => {
    const roll = dice(3)
    const left = [...records]
    return records.map(() => left.splice(roll(left.length), 1)[0] as Record)
  },
}

for (const [name, order] of Object.entries(orders)) {
  test(`a log without a break is one stretch, ${name}`, () => {
    const { stretches, verdict, records, firstTime, lastTime } = continuityOf(order(count(101, 220, start)))
    assert.deepEqual(stretches, [
      { after: null, missing: 0, firstId: 101, lastId: 220, firstTime: start, lastTime: start + 119 * 10 * minute },
    ])
    assert.deepEqual([verdict, records, firstTime, lastTime], ['unbroken', 120, start, start + 119 * 10 * minute])
  })

  test(`ids that are left out are counted, ${name}`, () => {
    const log = [...count(1, 40, start), ...count(48, 60, start + day), ...count(62, 80, start + 2 * day)]
    assert.deepEqual(inShort(order(log)), [
      [null, 0, 1, 40],
      ['missing', 7, 48, 60],
      ['missing', 1, 62, 80],
    ])
    const { gaps, missing, silences, clears, clockJumps } = continuityOf(order(log))
    assert.deepEqual([gaps, missing, silences, clears, clockJumps], [2, 8, 0, 0, 0])
  })

  test(`a log that was cleared starts its ids again while time goes on, ${name}`, () => {
    const log = [...count(400, 450, start), ...count(1, 30, start + day)]
    assert.deepEqual(inShort(order(log)), [
      [null, 0, 400, 450],
      ['cleared', 0, 1, 30],
    ])
  })

  test(`two lives of a log that have the same ids are distinguished, ${name}`, () => {
    const log = [...count(1, 50, start), ...count(4, 70, start + day), ...count(2, 20, start + 3 * day)]
    assert.deepEqual(inShort(order(log)), [
      [null, 0, 1, 50],
      ['cleared', 3, 4, 70],
      ['cleared', 1, 2, 20],
    ])
  })

  test(`a clock that is set back shows as time that goes back while ids go on, ${name}`, () => {
    const log = [...count(1, 60, start), ...count(61, 90, start + 4 * hour)]
    assert.deepEqual(inShort(order(log)), [
      [null, 0, 1, 60],
      ['clock', 0, 61, 90],
    ])
  })

  test(`a clock that fell back by months, and was put right, is a clock and a silence, ${name}`, () => {
    const log = [...count(1, 60, start), ...count(61, 70, start - 60 * day), ...count(71, 90, start + day)]
    assert.deepEqual(inShort(order(log)), [
      [null, 0, 1, 60],
      ['clock', 0, 61, 70],
      ['silence', 0, 71, 90],
    ])
  })
}

test('a silence is longer than a day and misses no record', () => {
  const still = (ms: number): Record[] => [
    [7, start],
    [8, start + ms],
  ]
  assert.deepEqual(inShort(still(day)), [[null, 0, 7, 8]])
  assert.deepEqual(inShort(still(day + 1)), [
    [null, 0, 7, 7],
    ['silence', 0, 8, 8],
  ])
})

test('a clock that is set back by less than a minute is what any clock does', () => {
  const back = (ms: number): Record[] => [
    [7, start],
    [8, start - ms],
  ]
  assert.deepEqual(inShort(back(minute - 1)), [[null, 0, 7, 8]])
  assert.deepEqual(inShort(back(minute)), [
    [null, 0, 7, 7],
    ['clock', 0, 8, 8],
  ])
})

test('the same records twice in a log are neither a gap nor a cleared log', () => {
  const log = count(1, 90, start)
  assert.deepEqual(inShort([...log, ...log.slice(20, 50)]), [[null, 0, 1, 90]])
  assert.deepEqual(inShort([...log.slice(0, 60), ...log.slice(40)]), [[null, 0, 1, 90]])
})

test('a log without the codes that any host logs, with ids left out, is taken for a query, not for gaps', () => {
  const ids: Record[] = [3, 9, 10, 14, 30].map((id, index) => [id, start + index * hour])
  const isNoOther = () => false
  assert.equal(continuityOf(ids, isNoOther).verdict, 'query')
  assert.equal(continuityOf(count(3, 9, start), isNoOther).verdict, 'unbroken')
  const malware = [...count(3, 9, start), ...count(20, 26, start + day)]
  assert.equal(continuityOf(malware, () => true, 1116).verdict, 'query')
  assert.equal(continuityOf(malware, () => true, 1151).verdict, 'unbroken')
  // Routine codes are in it, yet hardly two records are together.
  assert.equal(continuityOf(ids).verdict, 'query')
})

test('a log without EventRecordIDs has unknown gaps', () => {
  const { verdict, records, withoutId, stretches } = continuityOf(count(1, 10, start).map(([, time]) => [null, time]))
  assert.deepEqual([verdict, records, withoutId, stretches], ['no-ids', 10, 10, []])
})

test('dests are distinguished without regard to case, in the spelling first seen', () => {
  const continuity = openContinuity()
  for (const [id, dest] of ['b', 'A', 'B', 'a', 'b'].entries())
    continuity.other({ EventCode: 1150, dest, recordId: id + 1, time: start })
  const { dests, unchecked } = continuity.close()
  assert.deepEqual(
    dests.map(({ dest, records }) => [dest, records]),
    [
      ['A', 2],
      ['b', 3],
    ],
  )
  assert.equal(unchecked, 0)
})

test('versions are recognized by kind, under either name of the signature, with when they were seen', () => {
  const continuity = openContinuity()
  const add = (time: number, data: { [name: string]: string }) => continuity.event(event(1121, 'PC-1', time, data))
  add(3, { 'Product Version': '4.18.2', 'Security intelligence Version': '1.401.1.0', 'Engine Version': '1.1.2' })
  add(1, { 'Product Version': '4.18.1', 'Signature Version': '1.401.1.0', 'Engine Version': '' })
  const { versions, unlistedVersions } = continuity.close().dests[0] ?? assert.fail()
  assert.deepEqual(
    versions.map(({ kind, version, events, firstTime, lastTime }) => [kind, version, events, firstTime, lastTime]),
    [
      ['signature', '1.401.1.0', 2, 1, 3],
      ['engine', '1.1.2', 1, 3, 3],
      ['platform', '4.18.2', 1, 3, 3],
      ['platform', '4.18.1', 1, 1, 1],
    ],
  )
  assert.equal(unlistedVersions, 0)
})

test('versions are found in the place that the template of the event has for them, and also if it has another template', () => {
  const inOrder = templates[1121]?.map((name): [string, string] => [name, name]) ?? []
  for (const fields of [inOrder, inOrder.toReversed()]) {
    const continuity = openContinuity()
    continuity.event(event(1121, 'PC-1', start, fields))
    const { versions } = continuity.close().dests[0] ?? assert.fail()
    assert.deepEqual(
      versions.map(({ kind, version }) => [kind, version]),
      [
        ['signature', 'Security intelligence Version'],
        ['engine', 'Engine Version'],
        ['platform', 'Product Version'],
      ],
    )
  }
})

test('whatever a log holds, only so much is kept, and what is beyond it is counted', () => {
  const continuity = openContinuity()
  const many = limits.runs * 2 + 5
  for (let i = 0; i < many; i++)
    continuity.other({ EventCode: 1150, dest: 'scattered', recordId: i * 3, time: start + i })
  for (let i = 0; i < limits.versions + 7; i++)
    continuity.event(event(1121, 'versions', start, { 'Engine Version': String(i) }, i))
  for (let i = 0; i < limits.dests + 9; i++)
    continuity.other({ EventCode: 1150, dest: `pc-${i}`, recordId: 1, time: start })
  continuity.other({ EventCode: 1150, dest: 'x'.repeat(limits.destCharacters + 1), recordId: 1, time: start })
  const { dests, unchecked } = continuity.close()
  assert.equal(unchecked, 9 + 2 + 1)
  const of = (name: string) => dests.find(({ dest }) => dest === name) ?? assert.fail(name)
  assert.deepEqual([of('scattered').verdict, of('scattered').records], ['scattered', many])
  assert.deepEqual([of('versions').versions.length, of('versions').unlistedVersions], [limits.versions, 7])
  const kept = dests.reduce((sum, { stretches }) => sum + stretches.length, 0)
  assert.equal(kept, limits.allStretches)
})

test('ids and times in ever new orders are given up, not followed without end', () => {
  const records = Array.from({ length: 500 }, (_, i): Record => [i * 10, start - i * day])
  assert.equal(continuityOf(records).verdict, 'scattered')
})

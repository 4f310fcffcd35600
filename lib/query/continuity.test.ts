import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { textEvent } from '#lib/formats/testing.ts'
import { batchesOf, continuityOf, event, openFixture, sendLog } from '#lib/ingest/testing.ts'
import { dump } from '#lib/store/testing.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { destAsked } from './continuity.ts'
import { paramsOf } from './testing.ts'

const hour = 3_600_000
const start = Date.parse('2026-03-02T08:00:00Z')
const first = { dest: null, offset: 0, limit: 100 }

/** Records of one dest: the code, the id and the hour of each; a 1121 names versions of its own. */
const written = (dest: string, records: [EventCode: number, recordId: number, hours: number, engine?: string][]) =>
  records.map(([EventCode, recordId, hours, engine = '1.1.1']) => ({
    EventCode,
    dest,
    recordId,
    time: start + hours * hour,
    fields:
      EventCode === 1121
        ? ([
            ['ID', 'x'],
            ['Engine Version', engine],
            ['Product Version', '4.18.1'],
          ] as [string, string][])
        : [],
  }))

/** Of PC-1: 11 to 14, then 20 and 21 (five are missing), then cleared and 1 to 3. PC-2 has none of our events. */
const log = evtxBytes([
  ...written('PC-1', [
    [1150, 11, 0],
    [1121, 12, 1],
    [1150, 13, 2],
    [1150, 14, 3],
    [1121, 20, 5, '1.1.2'],
    [1150, 21, 6],
    [1150, 1, 9],
    [1150, 2, 10],
    [1121, 3, 11],
  ]),
  ...written('PC-2', [
    [1150, 1, 0],
    [1151, 2, 48],
  ]),
])

test('a receipt says for each dest what is missing, over all records of the channel', async () => {
  const fixture = openFixture()
  const before = dump(fixture.writer.db)
  const { id, receipt } = await sendLog(fixture, log)
  assert.deepEqual(
    [receipt?.records, receipt?.stored, receipt?.otherCodes, receipt?.unchecked],
    [11, 3, { 1150: 7, 1151: 1 }, 0],
  )
  const { total, rows } = await fixture.reads.continuity('dests', id, first)
  const shared = { log: null, withoutId: 0, verdict: 'unbroken', clockJumps: 0, unlistedVersions: 0 }
  assert.equal(total, 2)
  assert.deepEqual(rows, [
    {
      ...shared,
      ...{ dest: 'PC-1', events: 3, records: 9, firstTime: start, lastTime: start + 11 * hour },
      ...{ gaps: 1, missing: 5, silences: 0, clears: 1 },
    },
    {
      ...shared,
      ...{ dest: 'PC-2', events: 0, records: 2, firstTime: start, lastTime: start + 48 * hour },
      ...{ gaps: 0, missing: 0, silences: 1, clears: 0 },
    },
  ])
  const breaks = await fixture.reads.continuity('breaks', id, first)
  assert.deepEqual(
    breaks.rows.map(({ dest, kind, missing, beforeId, afterId, beforeTime, afterTime }) =>
      [dest, kind, missing, beforeId, afterId, (beforeTime - start) / hour, (afterTime - start) / hour].join(' '),
    ),
    ['PC-1 cleared 0 21 1 6 9', 'PC-1 missing 5 14 20 3 5', 'PC-2 silence 0 1 2 0 48'],
  )
  const versions = await fixture.reads.continuity('versions', id, first)
  assert.deepEqual(
    versions.rows.map(({ kind, version, dests, events }) => [kind, version, dests, events].join(' ')),
    ['engine 1.1.1 1 2', 'engine 1.1.2 1 1', 'platform 4.18.1 1 3'],
  )
  assert.equal(fixture.writer.undoUpload(id), true)
  assert.deepEqual(dump(fixture.writer.db), before)
  await fixture.close()
})

test('a list is narrowed to one dest without regard to case, and paged', async () => {
  const fixture = openFixture()
  const { id } = await sendLog(fixture, gzipSync(log))
  for (const dest of ['pc-1', 'PC-1']) {
    const of = await fixture.reads.continuity('breaks', id, { ...first, dest })
    assert.deepEqual([of.total, of.rows.length], [2, 2])
  }
  const second = await fixture.reads.continuity('breaks', id, { dest: null, offset: 1, limit: 1 })
  assert.deepEqual([second.total, second.rows.map(({ kind }) => kind)], [3, ['missing']])
  await fixture.close()
})

test('of the answer to a query nothing is claimed to be missing, but a cleared log is reported', async () => {
  const fixture = openFixture()
  const records = [5, 9, 40, 2].map((id, index): [number, number, number] => [1121, id, index])
  const { id } = await sendLog(fixture, evtxBytes(written('PC-1', records)))
  const [row] = (await fixture.reads.continuity('dests', id, first)).rows
  assert.deepEqual([row?.verdict, row?.gaps, row?.missing, row?.silences, row?.clears], ['query', null, null, null, 1])
  const breaks = (await fixture.reads.continuity('breaks', id, first)).rows
  assert.deepEqual(
    breaks.map(({ kind, missing, beforeId, afterId }) => [kind, missing, beforeId, afterId]),
    [['cleared', null, 40, 2]],
  )
  await fixture.close()
})

test('a log whose records have no ids has a span and nothing more that is known', async () => {
  const fixture = openFixture()
  const text =
    textEvent(1121, 'x').replace(/RecordNumber=.*\n/, '') + textEvent(1150, 'x').replace(/RecordNumber=.*\n/, '')
  const { id } = await sendLog(fixture, text)
  const [row] = (await fixture.reads.continuity('dests', id, first)).rows
  assert.deepEqual([row?.verdict, row?.records, row?.withoutId, row?.gaps], ['no-ids', 2, 2, null])
  assert.equal((await fixture.reads.continuity('breaks', id, first)).total, 0)
  await fixture.close()
})

test('breaks are listed by their kind: cleared, the clock set back, missing, silence; the longest of a kind first', async () => {
  const fixture = openFixture()
  /** Records with ids in a row, one an hour. */
  const run = (from: number, to: number, hours: number) =>
    Array.from({ length: to - from + 1 }, (_, index): [number, number, number] => [1150, from + index, hours + index])
  const records = [
    ...[...run(1, 60, 0), ...run(61, 90, 40), ...run(93, 94, 70), ...run(104, 105, 72)],
    ...[...run(106, 106, 140), ...run(1, 3, 200)],
  ]
  const { id } = await sendLog(fixture, evtxBytes(written('PC-1', records)))
  const { rows } = await fixture.reads.continuity('breaks', id, first)
  assert.deepEqual(
    rows.map(({ kind, missing }) => `${kind} ${missing}`),
    ['cleared 0', 'clock 0', 'missing 9', 'missing 2', 'silence 0'],
  )
  const [dest] = (await fixture.reads.continuity('dests', id, first)).rows
  assert.deepEqual([dest?.clears, dest?.clockJumps, dest?.missing], [1, 1, 11])
  await fixture.close()
})

test('a host in several logs of an archive is one host of a version', async () => {
  const fixture = openFixture()
  const { writer } = fixture
  writer.createUpload({ id: 'zip', name: 'logs.zip', tz: 'UTC', bytes: null })
  for (const [index, id] of ['one', 'two'].entries()) {
    const events = [event(1121, 'PC-1', start + index * hour, { ID: 'x', 'Engine Version': '1.1.1' })]
    writer.createUpload({ id, name: id, tz: 'UTC', bytes: null, parent: 'zip' })
    writer.startUpload(id, 'xml')
    for (const batch of batchesOf(events)) writer.write(id, ...batch)
    writer.finishUpload(id, continuityOf(events))
  }
  const { rows } = await fixture.reads.continuity('versions', 'zip', first)
  assert.deepEqual(
    rows.map(({ kind, version, dests, events }) => [kind, version, dests, events]),
    [['engine', '1.1.1', 1, 2]],
  )
  await fixture.close()
})

test('the host that filters ask for is taken as it is written', () => {
  const asked = (query: string) => destAsked(paramsOf('hosts', query).filters)
  assert.deepEqual([asked(''), asked('dest=PC1'), asked('dest==PC*')], [null, 'PC1', 'PC*'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { xmlEvent } from '#lib/formats/testing.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { detectionOf, eventsOf, paramsOf } from '#lib/query/testing.ts'
import { assertTotalsHold, contentDump } from '#lib/store/testing.ts'
import { simulateLog } from '#tools/simulate/log.ts'
import { event, openFixture, sendLog } from './testing.ts'

async function simulated(options: Parameters<typeof simulateLog>[0]): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of simulateLog(options)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const others = ({ otherCodes }: Receipt): number => Object.values(otherCodes).reduce((sum, count) => sum + count, 0)
const inShort = (receipt: Receipt | null) =>
  receipt === null ? null : [receipt.records, receipt.stored, receipt.duplicates, others(receipt), receipt.rejects]

const fleet = { dests: 8, days: 4, seed: 3, events: 300, others: 0.2 }

test('a log uploaded again adds nothing and says so, and every receipt adds up', async () => {
  const fixture = openFixture()
  const log = await simulated({ ...fleet, format: 'xml' })
  const first = (await sendLog(fixture, log)).receipt
  assert.deepEqual(inShort(first), [375, 300, 0, 75, 0])
  const before = contentDump(fixture.writer.db)
  const second = (await sendLog(fixture, log, { size: 777 })).receipt
  assert.deepEqual(inShort(second), [375, 0, 300, 75, 0])
  assert.deepEqual(
    [second?.firstTime, second?.lastTime, second?.dests],
    [first?.firstTime, first?.lastTime, first?.dests],
  )
  assert.deepEqual(second?.otherCodes, first?.otherCodes)
  assert.deepEqual(contentDump(fixture.writer.db), before)
  await fixture.close()
})

test('the same log as XML and as multi-line text with its own time zone is the same log', async () => {
  const tz = 'America/New_York'
  const xml = await simulated({ ...fleet, format: 'xml' })
  const text = await simulated({ ...fleet, format: 'multiline', tz })
  for (const [first, second] of [
    [xml, text],
    [text, xml],
  ] as const) {
    const fixture = openFixture()
    assert.deepEqual(inShort((await sendLog(fixture, first, { tz })).receipt), [375, 300, 0, 75, 0])
    assert.deepEqual(inShort((await sendLog(fixture, second, { tz })).receipt), [375, 0, 300, 75, 0])
    assertTotalsHold(fixture.writer.db)
    await fixture.close()
  }
})

test('a multi-line log read in another zone is another log: its receipt says which zone was used', async () => {
  const fixture = openFixture()
  const text = await simulated({ ...fleet, format: 'multiline', tz: 'Europe/Berlin' })
  const right = (await sendLog(fixture, text, { tz: 'Europe/Berlin' })).receipt
  const wrong = (await sendLog(fixture, text, { tz: 'Asia/Tokyo' })).receipt
  assert.deepEqual([right?.tz, right?.stored], ['Europe/Berlin', 300])
  assert.deepEqual([wrong?.tz, wrong?.stored], ['Asia/Tokyo', 300])
  await fixture.close()
})

const data = (path: string): string => `<Data Name='ID'>x</Data><Data Name='Path'>${path}</Data>`
const withoutId = (path: string, dest = 'host1'): string =>
  xmlEvent(1121, data(path))
    .replace(/<EventRecordID>\d+<\/EventRecordID>/, '')
    .replace('>host1<', `>${dest}<`)

test('records without EventRecordID keep their real repeats, and a second upload adds none', async () => {
  const fixture = openFixture()
  const twice = [withoutId('a'), withoutId('a'), withoutId('b')].join('\n')
  const thrice = [withoutId('b'), withoutId('a'), withoutId('a'), withoutId('a'), withoutId('a', 'host2')].join('\n')
  assert.deepEqual(inShort((await sendLog(fixture, twice)).receipt), [3, 3, 0, 0, 0])
  assert.deepEqual(inShort((await sendLog(fixture, twice)).receipt), [3, 0, 3, 0, 0])
  assert.deepEqual(inShort((await sendLog(fixture, thrice)).receipt), [5, 2, 3, 0, 0])
  assert.deepEqual(inShort((await sendLog(fixture, thrice, { size: 50 })).receipt), [5, 0, 5, 0, 0])
  const { rows } = await detectionOf(fixture.reads, 'stacking', paramsOf('stacking', 'sort=-count,dest,Path'))
  assert.deepEqual(
    rows.map(({ dest, Path, count }) => [dest, Path, count]),
    [
      ['host1', 'a', 3],
      ['host1', 'b', 1],
      ['host2', 'a', 1],
    ],
  )
  await fixture.close()
})

test('an event is recognized by dest, EventRecordID, EventCode and the second', async () => {
  const fixture = openFixture()
  const at = (time: string, dest = 'PC1', code = 1121, record = 7) =>
    event(code, dest, `2026-03-02T${time}Z`, {}, record)
  fixture.add([
    at('08:00:00.100'),
    at('08:00:00.900'), // the same second
    at('08:00:01.000'), // the log was cleared and began again
    at('08:00:00.100', 'PC2'),
    at('08:00:00.100', 'pc1'), // the same dest
    at('08:00:00.100', 'PC1', 1122),
    at('08:00:00.100', 'PC1', 1121, 8),
  ])
  assert.equal((await fixture.receipt('upload-1')).stored, 5)
  assert.equal((await fixture.receipt('upload-1')).duplicates, 2)
  await fixture.close()
})

test('without an EventRecordID the time counts too, as does every field', async () => {
  const fixture = openFixture()
  const at = (time: number, data = { ID: 'x' }, dest = 'PC1') => event(1121, dest, time, data, null)
  fixture.add([at(0), at(1), at(0, { ID: 'y' }), at(0, { ID: 'x' }, 'PC2'), at(0, { ID: 'x' }, 'pc1')])
  fixture.add([at(0), at(1), at(2)])
  const { stored, duplicates } = await fixture.receipt('upload-2')
  assert.deepEqual([(await fixture.receipt('upload-1')).stored, stored, duplicates], [5, 1, 2])
  await fixture.close()
})

test('an EventRecordID too large to be represented exactly is recognized by content', async () => {
  const fixture = openFixture()
  const large = (id: string, path = 'a') => xmlEvent(1121, data(path)).replace('>2975<', `>${id}<`)
  const log = [large('9007199254740991'), large('9007199254740993'), large('18446744073709551615')].join('\n')
  assert.deepEqual(inShort((await sendLog(fixture, log)).receipt), [3, 3, 0, 0, 0])
  assert.deepEqual(inShort((await sendLog(fixture, log)).receipt), [3, 0, 3, 0, 0])
  const { rows } = await eventsOf(fixture.reads, paramsOf('events', 'sort=EventRecordID'))
  assert.deepEqual(
    rows.map(({ EventRecordID }) => EventRecordID),
    [null, null, 9007199254740991],
  )
  await fixture.close()
})

test('a dest is one whatever its case, and keeps the spelling first seen', async () => {
  const fixture = openFixture()
  const log = [withoutId('a', 'Server-Ä.corp'), withoutId('b', 'SERVER-ä.CORP'), withoutId('c', 'server-ä')].join('\n')
  const { receipt } = await sendLog(fixture, log)
  assert.equal(receipt?.dests, 2)
  const { rows } = await eventsOf(fixture.reads, paramsOf('events', 'sort=Path'))
  assert.deepEqual(
    rows.map(({ dest }) => dest),
    ['Server-Ä.corp', 'Server-Ä.corp', 'server-ä'],
  )
  const found = await eventsOf(fixture.reads, paramsOf('events', 'dest=server-Ä.CORP'))
  assert.equal(found.total, 2)
  await fixture.close()
})

test('values are kept exactly as logged; what is empty or absent is NULL', async () => {
  const fixture = openFixture()
  const odd = '  "C:\\Program Files\\x.exe"\t-a  '
  const fields = [
    ['ID', ' {d4f940ab-401b-4efc-aadc-ad5f3c50688a} '],
    ['process NAME', odd],
    ['Path', ''],
    ['Target Commandline', 'NULL'],
    ['Target Commandline', 'a second one'],
    ['User', ' '],
    ['', 'without a name'],
    ['Inhertiance Flags', '0x00000000'],
  ] as [string, string][]
  fixture.add([event(1121, 'PC1', 0, fields)])
  const [row] = (await eventsOf(fixture.reads, paramsOf('events'))).rows
  const { ID, Process_Name, Path, Parent_Commandline, Target_Commandline, User } = row ?? {}
  assert.deepEqual(
    [ID, Process_Name, Path, Parent_Commandline, Target_Commandline, User],
    ['D4F940AB-401B-4EFC-AADC-AD5F3C50688A', odd, null, null, 'NULL', ' '],
  )
  const logged = await fixture.reads.event(row?.id ?? '')
  assert.deepEqual(
    logged?.fields,
    fields.map(([name, value]) => ({ section: 'EventData', name, value })),
  )
  const stored = fixture.writer.db.prepare("SELECT count(*) FROM text WHERE value = ''").pluck().get()
  assert.equal(stored, 0)
  const [stack] = (await detectionOf(fixture.reads, 'stacking', paramsOf('stacking'))).rows
  assert.deepEqual([stack?.Path, stack?.Parent_Commandline, stack?.Process_Name], ['NULL', 'NULL', odd])
  await fixture.close()
})

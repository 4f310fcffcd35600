import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from '#lib/formats/csv/csv.ts'
import { inShort, read } from '#lib/formats/testing.ts'

const channel = 'Microsoft-Windows-Windows Defender/Operational'
const head = '"Message","Id","TimeCreated","LogName","MachineName","RecordId"\r\n'
const row = (time: string, message = '', code = 1121, id = 7) =>
  `"${message}","${code}","${time}","${channel}","host1","${id}"\r\n`
const detected = (time: string) => `blocked\r\n \tID: x\r\n \tDetection time: ${time}\r\n \tUser: u`
const readIn = (log: string, tz = 'UTC') => read(readCsv, log, 50, tz)
const timesOf = async (log: string, tz?: string) =>
  (await readIn(log, tz)).events.map(({ event }) => new Date(event.time).toISOString().slice(0, 19))

test('a date that can be month first or day first waits for a row that shows which', async () => {
  const log = `${head}${row('03/04/2026 10:00:00')}${row('05/04/2026 11:00:00')}${row('13/04/2026 12:00:00')}${row('01/02/2026 1:00:00')}`
  assert.deepEqual(await timesOf(log), [
    '2026-04-03T10:00:00',
    '2026-04-05T11:00:00',
    '2026-04-13T12:00:00',
    '2026-02-01T01:00:00',
  ])
})

test('the time of detection in a message shows it too, in UTC and whatever the zone', async () => {
  const log = `${head}${row('3/4/2026 10:00:00 AM')}${row('3/4/2026 11:00:00 PM', detected('2026-03-05T04:00:00.1Z'))}`
  assert.deepEqual(await timesOf(log, 'America/New_York'), ['2026-03-04T15:00:00', '2026-03-05T04:00:00'])
})

test('if nothing shows it, the rows are rejected and say so, and what is sure is kept', async () => {
  const reading = await readIn(
    `${head}${row('03/04/2026 10:00:00')}${row('05.04.2026 11:00:00')}${row('04/04/2026 9:00:00')}`,
  )
  assert.deepEqual(inShort(reading), { events: [1121, 1121], others: {}, rejects: ['bad-time'] })
  assert.match(reading.rejects[0]?.detail ?? '', /03\/04\/2026 10:00:00.*month first or day first/)
  assert.deepEqual(reading.rejects[0]?.line, 2)
})

test('rows that are not ours do not wait', async () => {
  const reading = await readIn(`${head}${row('03/04/2026 10:00:00', '', 1150)}`)
  assert.deepEqual(inShort(reading), { events: [], others: { 1150: 1 }, rejects: [] })
})

test('what waits is bounded: the oldest rows are rejected if thousands of them wait', async () => {
  const reading = await readIn(head + row('03/04/2026 10:00:00').repeat(5003) + row('13/04/2026 10:00:00'))
  assert.equal(reading.rejects.length, 5000)
  assert.equal(reading.events.length, 4)
})

test('a lost quote costs its row: reading goes on at the next row of the right width', async () => {
  const good = (id: number) => row('2026-04-13 12:00:00', 'two\r\nlines', 1121, id)
  const log = head + good(1) + good(2).replace('lines"', 'lines') + good(3) + good(4)
  const reading = await readIn(log)
  assert.deepEqual(
    reading.events.map(({ event }) => event.recordId),
    [1, 3, 4],
  )
  assert.deepEqual(inShort(reading).rejects, ['not-well-formed'])
  assert.match(reading.rejects[0]?.detail ?? '', /does not have 6 cells/)
  assert.equal(reading.rejects[0]?.line, 4)
})

test('quotes that were not doubled are read as they were meant', async () => {
  const message = 'x\r\n \tID: a\r\n \tUser: u\r\n \tPath: "C:\\a b.exe" -x "y"\r\n \tProcess Name: p'
  const reading = await readIn(
    head + row('2026-04-13 12:00:00', message, 1121, 1) + row('2026-04-13 12:00:00', message, 1121, 2),
  )
  assert.deepEqual(
    reading.events.map(({ event }) => event.sections.Message?.find(([name]) => name === 'Path')?.[1]),
    ['"C:\\a b.exe" -x "y"', '"C:\\a b.exe" -x "y"'],
  )
  assert.deepEqual(reading.rejects, [])
})

test('exports put together are read, their heads passed over', async () => {
  const part = `#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n${head}${row('2026-04-13 12:00:00')}`
  assert.deepEqual(inShort(await readIn(`\ufeff${part}\r\n${part}`)), { events: [1121, 1121], others: {}, rejects: [] })
})

test('the columns may be in another order, apart by semicolons or tabs, and in UTF-16', async () => {
  for (const delimiter of [';', '\t', ',']) {
    const log = `sep=${delimiter}\r\n${['RecordId', 'Id', 'MachineName', 'LogName', 'TimeCreated', 'Message'].join(delimiter)}\n${['7', '1121', 'host1', channel, '2026-04-13 12:00:00', '"a\nb"'].join(delimiter)}`
    const text = log.replace(/^sep=[,\t]\r\n/, '')
    const reading = await read(readCsv, Buffer.from(`\ufeff${text}`, 'utf16le'), 33)
    assert.deepEqual(inShort(reading), { events: [1121], others: {}, rejects: [] })
  }
})

test('a table of other columns is refused once', async () => {
  assert.deepEqual(inShort(await readIn('Name,Size\na,1\nb,2\n')), {
    events: [],
    others: {},
    rejects: ['unknown-fields'],
  })
})

test('a table of one row after another does not grow in memory', async () => {
  async function* rows() {
    yield Buffer.from(head)
    const block = Buffer.from(row('2026-04-13 12:00:00', 'x'.repeat(500), 1150).repeat(1000))
    for (let i = 0; i < 100; i++) yield block
  }
  let count = 0
  let most = 0
  for await (const outcomes of readCsv(rows(), { tz: 'UTC' })) {
    for (const outcome of outcomes) count += outcome.kind === 'other' ? outcome.count : 0
    most = Math.max(most, process.memoryUsage().arrayBuffers)
  }
  assert.equal(count, 100_000)
  assert.ok(most < 100 * 1024 * 1024, `${most} bytes`)
})

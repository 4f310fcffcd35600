import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJson } from '#lib/formats/json/json.ts'
import { inShort, read, textEvent, xmlEvent } from '#lib/formats/testing.ts'

const record = (fields: object = {}) => ({
  Id: 1121,
  LogName: 'Microsoft-Windows-Windows Defender/Operational',
  MachineName: 'host1',
  RecordId: 7,
  TimeCreated: '2024-06-20T20:21:15.2279837-05:00',
  Properties: [{ Value: 'a' }],
  Message: '{"a": [',
  ...fields,
})
const json = JSON.stringify
const shortly = async (log: string) => inShort(await read(readJson, log, 7))
const ours = (count: number) => ({ events: Array(count).fill(1121), others: {}, rejects: [] })

test('objects are read one a line, put together, in arrays, indented, and in what wraps them', async () => {
  const two = [record(), record({ RecordId: 8 })]
  for (const log of [
    two.map((each) => json(each)).join('\n'),
    two.map((each) => json(each)).join(''),
    json(two),
    json(two, null, 2),
    `\ufeff${json(two, null, '\t')}`,
    json([two]),
    json({ value: two, Count: 2 }),
    json({ note: { events: [1] }, events: two, more: [{ a: 1 }] }, null, 4),
    json({ took: 1, hits: { total: { value: 2 }, hits: two.map((_source) => ({ _id: '1', _source })) } }),
    `${json({ results: two })}\n`,
    `Record 1\n${json(two[0], null, 2)}\nRecord 2\n${json(two[1], null, 2)}\n`,
    json(two, null, 2).replace(/^ +/gm, ''),
  ]) {
    assert.deepEqual(await shortly(log), ours(2), log.slice(0, 90))
  }
})

test('what is not ours is counted, even if the rest of it is damaged or cut', async () => {
  const other = json(record({ Id: 1150, LogName: 'x/y' }))
  const damaged = `${other.slice(0, -40)}\n${other.replace('"Message":"', '"Message":')}\n${other.slice(0, 120)}`
  assert.deepEqual(await shortly(`${other}\n${damaged}`), { events: [], others: { 'x/y/1150': 4 }, rejects: [] })
})

test('a damaged object says where it is and costs itself alone', async () => {
  const log = `${json(record())}\n${json(record()).slice(0, -9)}\n${json(record())}\nnonsense\n${json(record()).replace('"host1"', 'host1')}\n`
  const reading = await read(readJson, log, 30)
  assert.deepEqual(inShort(reading), {
    events: [1121, 1121],
    others: {},
    rejects: ['not-well-formed', 'not-well-formed', 'not-well-formed'],
  })
  assert.deepEqual(
    reading.rejects.map(({ line }) => line),
    [2, 4, 5],
  )
  assert.equal(reading.rejects[1]?.snippet.trim(), 'nonsense')
})

test('an object of no known kind, one that never ends and one nested without end are refused', async () => {
  assert.deepEqual((await shortly(`{"a":1}\n${json(record())}`)).rejects, ['unknown-fields'])
  const long = await read(readJson, `{"a":"${'x'.repeat(5_000_000)}"}\n${json(record())}`, 65_536)
  assert.deepEqual(inShort(long), { events: [1121], others: {}, rejects: ['too-long'] })
  const deep = await read(readJson, `${'{"a":'.repeat(9000)}\n${json(record())}`)
  assert.equal(deep.events.length, 1)
  assert.ok(deep.rejects.length > 0 && deep.rejects.length < 50)
})

test('a number too long for JavaScript is kept as logged', async () => {
  const log = json(record()).replace('"Id"', '"Keywords":-9223372036854775808,"Id"')
  const reading = await read(readJson, log)
  assert.deepEqual(reading.events[0]?.event.sections.System?.[0], ['Keywords', '-9223372036854775808'])
})

test('a key named like a method of objects does no harm', async () => {
  const log = `{"__proto__":{"Id":1},"hasOwnProperty":1,${json(record()).slice(1)}`
  assert.deepEqual(await shortly(log), ours(1))
})

test('Properties are named by position, older ones too; if they are cut off, the message is read', async () => {
  const values = Array.from({ length: 10 }, (_, index) => ({ Value: String(index) }))
  const older = (await read(readJson, json(record({ Properties: values })))).events[0]?.event.sections.EventData
  assert.deepEqual(older?.at(-1), ['Engine Version', '9'])
  assert.deepEqual(older?.[6], ['Path', '6'])
  const dlp = Array.from({ length: 15 }, (_, index) => ({ Value: String(index) }))
  const sections = (await read(readJson, json(record({ Id: 1134, Properties: dlp })))).events[0]?.event.sections
  assert.deepEqual(sections?.EventData?.[3], ['Policy Rule Id', '3'])
  const Message = 'blocked.\r\n \tID: x\r\n \tUser: u\r\n \tPath: p\r\n \tProcess Name: n'
  const cut = await read(
    readJson,
    json(record({ Properties: ['System.Diagnostics.Eventing.Reader.EventProperty'], Message })),
  )
  assert.deepEqual(cut.events[0]?.event.sections.Message?.[3], ['Path', 'p'])
})

test('Splunk: what was indexed is read by what it is, an object in it too', async () => {
  const lines = [
    json({ preview: false, result: { _raw: xmlEvent(1121), _time: '1' } }),
    json({ preview: false, result: { _raw: textEvent(1121, 'x').replaceAll('\n', '\r\n'), _time: '1700497788.123' } }),
    json({ preview: false, result: { _raw: json(record()) } }),
    json({ preview: false, lastrow: true, result: { _raw: xmlEvent(4688, '', 'Security') } }),
    json({ preview: false, result: { _raw: xmlEvent(1121).slice(0, -9) } }),
  ]
  const reading = await read(readJson, lines.join('\n'), 99, 'Asia/Tokyo')
  assert.deepEqual(inShort(reading), {
    events: [1121, 1121, 1121],
    others: { 'Security/4688': 1 },
    rejects: ['cut-off'],
  })
  assert.equal(reading.events[1]?.event.time, 1_700_497_788_123)
})

test('the reader does not grow with the file', async () => {
  const block = Buffer.from(`${json(record({ Id: 1150 }))}\n`.repeat(2000))
  async function* lines() {
    for (let i = 0; i < 100; i++) yield block
  }
  let most = 0
  let count = 0
  for await (const outcomes of readJson(lines(), { tz: 'UTC' })) {
    for (const outcome of outcomes) count += outcome.kind === 'other' ? outcome.count : 0
    most = Math.max(most, process.memoryUsage().arrayBuffers)
  }
  assert.equal(count, 200_000)
  assert.ok(most < 100 * 1024 * 1024, `${most} bytes`)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMultiline } from '#lib/formats/multiline/multiline.ts'
import { inShort, read, textEvent } from '#lib/formats/testing.ts'

const message =
  'Microsoft Defender Exploit Guard has blocked an operation.\n For more information please contact your IT administrator.\n' +
  ' \tID: 3B576869-A4EC-4529-8536-B80A7769E899\n \tDetection time: 2023-11-20T16:29:48.984Z\n \tUser: host1\\bob\n' +
  ' \tTarget Commandline: \n \tParent Commandline: "C:\\a b\\w.exe" /x: y \n \tInvolved File:'
const own = textEvent(1121, message)
const shortly = async (log: string) => inShort(await read(readMultiline, log))
const only = async (log: string, tz = 'UTC') => {
  const reading = await read(readMultiline, log, 9, tz)
  assert.deepEqual(inShort(reading), { events: [1121], others: {}, rejects: [] })
  return reading.events[0]?.event
}
const fields = [
  [
    'Message',
    'Microsoft Defender Exploit Guard has blocked an operation.\n For more information please contact your IT administrator.',
  ],
  ['ID', '3B576869-A4EC-4529-8536-B80A7769E899'],
  ['Detection time', '2023-11-20T16:29:48.984Z'],
  ['User', 'host1\\bob'],
  ['Target Commandline', ''],
  ['Parent Commandline', '"C:\\a b\\w.exe" /x: y '],
  ['Involved File', ''],
]

test('header and message are kept apart, as logged, with every kind of line end', async () => {
  for (const end of ['\n', '\r\n', '\r\r\n']) {
    const event = await only(own.replaceAll('\n', end))
    assert.equal(event?.dest, 'host1')
    assert.equal(event?.recordId, 2975)
    assert.equal(event?.time, Date.UTC(2023, 10, 20, 16, 29, 48))
    assert.deepEqual(event?.sections.Message, fields)
    assert.deepEqual(event?.sections.System, [
      ['TimeCreated', '11/20/2023 04:29:48 PM'],
      ['LogName', 'Microsoft-Windows-Windows Defender/Operational'],
      ['EventCode', '1121'],
      ['EventType', '3'],
      ['ComputerName', 'host1'],
      ['User', 'NOT_TRANSLATED'],
      ['Sid', 'S-1-5-18'],
      ['SidType', '0'],
      ['SourceName', 'Microsoft-Windows-Windows Defender'],
      ['Type', 'Warning'],
      ['RecordNumber', '2975'],
      ['Keywords', 'None'],
      ['TaskCategory', 'None'],
      ['OpCode', 'Info'],
    ])
  }
})

test('the older order of the header is read too', async () => {
  const lines = own.split('\n')
  const older = [lines[0], lines[1], lines[8], ...lines.slice(2, 8), ...lines.slice(9)].join('\n')
  assert.deepEqual((await only(older))?.sections.Message, fields)
})

test('the time is local: with or without milliseconds, at noon and midnight, in the zone that was given', async () => {
  const at = async (line: string, tz: string) =>
    new Date((await only(own.replace('11/20/2023 04:29:48 PM', line), tz))?.time ?? 0).toISOString()
  assert.equal(await at('02/01/2026 10:41:01.747 AM', 'UTC'), '2026-02-01T10:41:01.747Z')
  assert.equal(await at('02/01/2026 10:41:01.7479 AM', 'UTC'), '2026-02-01T10:41:01.747Z')
  assert.equal(await at('11/20/2023 12:00:00 AM', 'UTC'), '2023-11-20T00:00:00.000Z')
  assert.equal(await at('11/20/2023 12:00:00 PM', 'UTC'), '2023-11-20T12:00:00.000Z')
  assert.equal(await at('07/20/2023 04:29:48 PM', 'Europe/Berlin'), '2023-07-20T14:29:48.000Z')
})

test('a value may run over lines, and a time in it does not end the record', async () => {
  const log = own.replace(
    'Commandline: \n',
    'Commandline: powershell "\n\nfoo: bar\n11/20/2023 04:29:48 PM\nKey=Value"\n',
  )
  const event = await only(log)
  assert.equal(event?.sections.Message?.[4]?.[1], 'powershell "\n\nfoo: bar\n11/20/2023 04:29:48 PM\nKey=Value"')
})

test('labels without a tab before them are read if none has one', async () => {
  const event = await only(textEvent(1121, 'It was\nblocked.\nID: x\n  Path: C:\\a\nmore\nUser:\n'))
  assert.deepEqual(event?.sections.Message, [
    ['Message', 'It was\nblocked.'],
    ['ID', 'x'],
    ['Path', 'C:\\a\nmore'],
    ['User', ''],
  ])
})

test('records that are not ours are counted, those of ours that are damaged rejected', async () => {
  const others = textEvent(1150, 'x') + textEvent(4688, 'x', 'Security').split('Message=')[0]
  assert.deepEqual(await shortly(others), { events: [], others: { 1150: 1, 'Security/4688': 1 }, rejects: [] })
  const cases: [string, string][] = [
    [own.split('Message=')[0] as string, 'cut-off'],
    [own.replace(/LogName=.*\n/, ''), 'no-channel'],
    [own.replace('EventCode=1121\n', ''), 'no-event-code'],
    [own.replace('EventCode=1121', 'EventCode=x'), 'no-event-code'],
    [own.replace('ComputerName=host1\n', ''), 'no-dest'],
    [own.replace('11/20', '13/20'), 'bad-time'],
    [own.replace('04:29:48 PM', '14:29:48 PM'), 'bad-time'],
  ]
  for (const [log, reason] of cases) {
    assert.deepEqual(await shortly(own + log + own), { events: [1121, 1121], others: {}, rejects: [reason] }, log)
  }
})

test('a record cut off at the end of the file does not spoil the one before', async () => {
  for (const tail of [
    '11/20/2023 04:29:48 PM',
    '11/20/2023 04:29:48 PM\r\n',
    '11/20/2023 04:29:48 PM\nLogNa',
    '11/20/2023 04:29:48 PM\nLogName=Mic',
  ]) {
    const reading = await read(readMultiline, own + tail)
    assert.deepEqual(inShort(reading), { events: [1121], others: {}, rejects: ['cut-off'] }, tail)
    assert.deepEqual(reading.events[0]?.event.sections.Message, fields)
    assert.deepEqual(reading.rejects[0]?.offset, own.length)
    assert.deepEqual(reading.rejects[0]?.line, own.split('\n').length)
  }
})

test('a record of more than 4 MiB is rejected as too long, and its neighbours are read', async () => {
  const log =
    own + own.replace('/x: y', 'y'.repeat(4 * 1024 * 1024)) + own + own.replace('/x: y', 'y\n'.repeat(2_100_000)) + own
  const reading = await read(readMultiline, log, 65_536)
  assert.deepEqual(inShort(reading), { events: [1121, 1121, 1121], others: {}, rejects: ['too-long', 'too-long'] })
  assert.deepEqual(await read(readMultiline, log), reading)
})

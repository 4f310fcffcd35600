import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { asrCodes } from '#lib/asr/templates.ts'
import type { SimulatedEvent } from './event.ts'
import { localTime } from './local-time.ts'
import { simulateLog } from './log.ts'
import { messages } from './messages.ts'
import { dataNames } from './recipe.ts'
import { renderMultiline } from './render-multiline.ts'
import { renderXml } from './render-xml.ts'
import { simulate } from './simulate.ts'

const example: SimulatedEvent = {
  EventCode: 1121,
  level: 3,
  channel: 'Microsoft-Windows-Windows Defender/Operational',
  dest: 'ws-fin-0001',
  time: Date.parse('2026-11-20T16:29:48.123Z'),
  systemTime: '2026-11-20T16:29:48.1234567Z',
  recordId: 4711,
  activityId: '{0f0e0d0c-0b0a-4908-8706-050403020100}',
  processId: 2468,
  threadId: 1357,
  userId: 'S-1-5-18',
  names: dataNames(1121),
  values: [
    'Microsoft Defender Antivirus',
    '4.18.26100.3',
    '',
    'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
    '2026-11-20T16:29:48.123Z',
    'CORP\\anna.rossi',
    'C:\\Users\\anna.rossi\\AppData\\Local\\Temp\\note.vbs',
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    '1.459.2140.0',
    '1.1.26100.2',
    'ENT\\ConsR',
    '',
    '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" ',
    '',
    '0x00000000',
  ],
}

test('XML has the form of XmlWinEventLog: one line, single quotes, empty Data with an end tag', () => {
  assert.equal(
    renderXml(example),
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Windows Defender' Guid='{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'/><EventID>1121</EventID><Version>0</Version><Level>3</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2026-11-20T16:29:48.1234567Z'/><EventRecordID>4711</EventRecordID><Correlation ActivityID='{0f0e0d0c-0b0a-4908-8706-050403020100}'/><Execution ProcessID='2468' ThreadID='1357'/><Channel>Microsoft-Windows-Windows Defender/Operational</Channel><Computer>ws-fin-0001</Computer><Security UserID='S-1-5-18'/></System><EventData><Data Name='Product Name'>Microsoft Defender Antivirus</Data><Data Name='Product Version'>4.18.26100.3</Data><Data Name='Unused'></Data><Data Name='ID'>D4F940AB-401B-4EFC-AADC-AD5F3C50688A</Data><Data Name='Detection Time'>2026-11-20T16:29:48.123Z</Data><Data Name='User'>CORP\\anna.rossi</Data><Data Name='Path'>C:\\Users\\anna.rossi\\AppData\\Local\\Temp\\note.vbs</Data><Data Name='Process Name'>C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE</Data><Data Name='Security intelligence Version'>1.459.2140.0</Data><Data Name='Engine Version'>1.1.26100.2</Data><Data Name='RuleType'>ENT\\ConsR</Data><Data Name='Target Commandline'></Data><Data Name='Parent Commandline'>\"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE\" </Data><Data Name='Involved File'></Data><Data Name='Inhertiance Flags'>0x00000000</Data></EventData></Event>",
  )
})

test('multi-line text has header order B and the labels of the message', () => {
  const indent = ' \t'
  assert.equal(
    renderMultiline(example, 'UTC'),
    `11/20/2026 04:29:48 PM
LogName=Microsoft-Windows-Windows Defender/Operational
EventCode=1121
EventType=3
ComputerName=ws-fin-0001
User=NOT_TRANSLATED
Sid=S-1-5-18
SidType=0
SourceName=Microsoft-Windows-Windows Defender
Type=Warning
RecordNumber=4711
Keywords=None
TaskCategory=None
OpCode=Info
Message=Microsoft Defender Exploit Guard has blocked an operation that is not allowed by your IT administrator.
 For more information please contact your IT administrator.
${indent}ID: D4F940AB-401B-4EFC-AADC-AD5F3C50688A
${indent}Detection time: 2026-11-20T16:29:48.123Z
${indent}User: CORP\\anna.rossi
${indent}Path: C:\\Users\\anna.rossi\\AppData\\Local\\Temp\\note.vbs
${indent}Process Name: C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE
${indent}Target Commandline: ${''}
${indent}Parent Commandline: "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" ${''}
${indent}Involved File: ${''}
${indent}Inheritance Flags: 0x00000000
${indent}Security intelligence Version: 1.459.2140.0
${indent}Engine Version: 1.1.26100.2
${indent}Product Version: 4.18.26100.3`,
  )
})

test('every message quotes Data that its event has', () => {
  for (const code of asrCodes) assert.ok(messages[code], `no message for ${code}`)
  for (const [code, message] of Object.entries(messages)) {
    for (const [, name] of message.lines) assert.ok(dataNames(Number(code)).includes(name), `${code} has no ${name}`)
  }
})

test('every event is one line of well-formed XML', () => {
  for (const event of simulate({ dests: 30, days: 5, events: 1500 })) {
    const xml = renderXml(event)
    assert.equal(XMLValidator.validate(xml), true, xml)
    assert.doesNotMatch(xml, /[\r\n]/)
  }
})

test('hostile characters are escaped and come back as they were', () => {
  const hostile = `<script>&amp; "x" 'y' > \u0000\u0001\uFFFE line\r\nbreak\tü 李 🦊 ]]>`
  const xml = renderXml({ ...example, dest: '<dest>', values: example.values.map(() => hostile) })
  assert.equal(XMLValidator.validate(xml), true)
  assert.doesNotMatch(xml, /\n/)
  const parser = new XMLParser({ trimValues: false, parseTagValue: false, htmlEntities: true })
  const parsed: { Event: { System: { Computer: string }; EventData: { Data: string[] } } } = parser.parse(xml)
  assert.equal(parsed.Event.System.Computer, '<dest>')
  assert.equal(parsed.Event.EventData.Data[6], hostile.replace(/\p{Cc}(?<![\r\n\t])|\uFFFE/gu, '\uFFFD'))
})

test('a line break inside a value does not break the message', () => {
  const text = renderMultiline({ ...example, values: example.values.map(() => 'a\r\nPath: b') }, 'UTC')
  assert.equal(text.split('\n').length, renderMultiline(example, 'UTC').split('\n').length)
})

test('local times follow the zone through summer time', () => {
  assert.equal(localTime(Date.parse('2026-10-25T00:59:59Z'), 'Europe/Berlin'), '10/25/2026 02:59:59 AM')
  assert.equal(localTime(Date.parse('2026-10-25T01:00:00Z'), 'Europe/Berlin'), '10/25/2026 02:00:00 AM')
  assert.equal(localTime(Date.parse('2026-11-20T18:00:00Z'), 'Asia/Kolkata'), '11/20/2026 11:30:00 PM')
  assert.equal(localTime(Date.parse('2026-11-20T00:05:09Z'), 'UTC'), '11/20/2026 12:05:09 AM')
})

test('the log comes in chunks of at most 64 KiB that end at an event', async () => {
  const sizes: number[] = []
  for await (const chunk of simulateLog({ events: 2000, format: 'multiline' })) {
    sizes.push(chunk.length)
    assert.equal(chunk.at(-1), 10)
  }
  assert.ok(sizes.length > 10)
  assert.ok(sizes.every((size) => size <= 65_536))
})

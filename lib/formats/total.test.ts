import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClixml } from '#lib/formats/clixml/clixml.ts'
import { readCsv } from '#lib/formats/csv/csv.ts'
import { readJson } from '#lib/formats/json/json.ts'
import { readMultiline } from '#lib/formats/multiline/multiline.ts'
import type { Reader } from '#lib/formats/outcome.ts'
import { read, textEvent, xmlEvent } from '#lib/formats/testing.ts'
import { readWevtutil } from '#lib/formats/wevtutil/wevtutil.ts'
import { readXml } from '#lib/formats/xml/xml.ts'
import { evtxDumpLines, evtxECmdCsv } from '#tools/logs/forensic.ts'
import { convertToJson7, exportClixml, exportCsv } from '#tools/logs/powershell.ts'
import { splunkFields } from '#tools/logs/siem.ts'
import { wevtutilText } from '#tools/logs/windows.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { simulate } from '#tools/simulate/simulate.ts'

const xml =
  `<?xml version="1.0"?>\n<Events>${xmlEvent(1121, "<Data Name='a'>é &lt; <![CDATA[</Event>]]></Data><Data/>")}\r\n` +
  `${xmlEvent(4624, '<Data>x</Data>', 'Security')}\n<!DOCTYPE a>${xmlEvent(5007, "<Data Name='b'>1</Data>")}</Events>`
const text =
  textEvent(1121, 'It has\r\r\n blocked é.\r\n \tID: x\n \tPath: C:\\a: b\n11/20/2023 04:29:48 PM\nc').replace(
    'PM',
    'PM\r\r',
  ) +
  textEvent(4688, 'x', 'Security') +
  textEvent(1122, 'y \n \tID: z')
const [first, second] = [...simulate({ seed: 3, dests: 3, days: 2, events: 20, others: 0 })].filter(
  (event) => event.EventCode === 1121 || event.EventCode === 1122,
) as [SimulatedEvent, SimulatedEvent]
const three = [first, { ...first, EventCode: 1150, channel: 'Security' }, second]
const jsonMarks = ['{', '}', '[', ']', '"', '\\', ',', ':', '\n', '\n{', '{"Event":', '"results":[', '\0', '\n    {\n']
const csvMarks = ['"', ',', '\n', '\r\n', '""', ';', '\n"', '",', ',"', '\0', '#TYPE x\n']
const logs: [string, Reader, string, string[]][] = [
  ['JSON lines', readJson, evtxDumpLines(three), jsonMarks],
  ['JSON in an array', readJson, convertToJson7(three), jsonMarks],
  ['JSON in an object', readJson, splunkFields(three), jsonMarks],
  ['CSV', readCsv, evtxECmdCsv(three), csvMarks],
  ['CSV with messages', readCsv, exportCsv(three, (event) => event.systemTime, ';'), csvMarks],
  [
    'CLIXML',
    readClixml,
    exportClixml(three).toString('utf16le'),
    ['<Obj>', '<Obj RefId="0">\n', '</Obj>', '<Objs', '<LST>', '<Props>', '<', '>', '&', '"', '_x000D_', '\n  ', '\0'],
  ],
  [
    'wevtutil text',
    readWevtutil,
    wevtutilText(three, 'UTC'),
    ['\nEvent[0]:\n', '  Log Name: ', '  ', ': ', '\n', '\r', '[', ']', '\t', '\0'],
  ],
  [
    'XML',
    readXml,
    xml,
    ['<Event ', '</Event>', '<![CDATA[', ']]>', '<!DOCTYPE', '<!--', '<', '>', '&', "'", '"', '\0', '</'],
  ],
  [
    'multi-line',
    readMultiline,
    text,
    ['\n11/20/2023 04:29:48 PM\n', 'LogName=', 'EventCode=', 'Message=', '\n', '\r', ': ', '\t'],
  ],
]

for (const [name, reader, log, marks] of logs) {
  const bytes = Buffer.from(log)

  test(`${name}: any way of cutting the bytes has the same outcomes`, async () => {
    const complete = await read(reader, bytes)
    assert.ok(complete.events.length === 2 && complete.records >= 3)
    for (let size = 1; size < 60; size++) assert.deepEqual(await read(reader, bytes, size), complete)
  })

  test(`${name}: a file cut off anywhere ends in outcomes, and keeps every record before the cut`, async () => {
    const { events } = await read(reader, bytes)
    for (let end = 0; end <= bytes.length; end += Math.ceil(bytes.length / 3000)) {
      const short = await read(reader, bytes.subarray(0, end))
      assert.ok(short.records <= 5)
      const second = events[1]?.place.offset ?? 0
      if (end > second) assert.deepEqual(short.events[0], events[0])
    }
  })

  // What is quadratic in its size would take hours for this much.
  test(`${name}: hostile files are read to their end`, { timeout: 600_000 }, async () => {
    const size = 1_000_000
    for (const mark of [
      ...marks,
      '<Event',
      '<Event>',
      '<Event><System>',
      '<Event><![CDATA[',
      '<Event><Data a="',
      'LogName=\n',
    ]) {
      for (const head of ['', log.slice(0, log.indexOf('Sid') > 0 ? 200 : 900)]) {
        const hostile = Buffer.from(head + mark.repeat(size / mark.length))
        await read(reader, hostile, 65_536)
      }
    }
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClixml } from '#lib/formats/clixml/clixml.ts'
import { readCsv } from '#lib/formats/csv/csv.ts'
import { readJson } from '#lib/formats/json/json.ts'
import type { Reader } from '#lib/formats/outcome.ts'
import { dice, read } from '#lib/formats/testing.ts'
import { readWevtutil } from '#lib/formats/wevtutil/wevtutil.ts'
import { evtxDump, evtxDumpLines, evtxECmdCsv } from '#tools/logs/forensic.ts'
import { germanTime } from '#tools/logs/parts.ts'
import { convertToJson7, exportClixml, exportCsv } from '#tools/logs/powershell.ts'
import { splunkFields, winlogbeat } from '#tools/logs/siem.ts'
import { eventViewerCsv, wevtutilText } from '#tools/logs/windows.ts'
import { simulate } from '#tools/simulate/simulate.ts'

const events = [...simulate({ seed: 9, dests: 5, days: 3, events: 30, others: 0 })]
const logs: [name: string, reader: Reader, log: string, marks: RegExp][] = [
  ['JSON lines', readJson, evtxDumpLines(events), /["{}[\]:,]/g],
  ['JSON lines of Winlogbeat', readJson, winlogbeat(events), /["{}[\]:,]/g],
  ['JSON in an array, indented', readJson, convertToJson7(events), /["{}[\]:,]/g],
  ['JSON in an array, one line', readJson, JSON.stringify(JSON.parse(convertToJson7(events))), /["{}[\]:,]/g],
  ['JSON in an object, one line', readJson, splunkFields(events), /["{}[\]:,]/g],
  ['JSON with numbers between', readJson, evtxDump(events), /["{}[\]:,]/g],
  ['EvtxECmd CSV', readCsv, evtxECmdCsv(events), /["\r\n,]/g],
  ['Export-Csv', readCsv, exportCsv(events, (event) => germanTime(event, 'UTC'), ';'), /["\r\n;]/g],
  ['Event Viewer CSV', readCsv, eventViewerCsv(events, (event) => germanTime(event, 'UTC')), /["\r\n,]/g],
  ['CLIXML', readClixml, exportClixml(events).toString('utf16le'), /[<>/"&]|<\/?Obj[^>]*>/g],
  ['wevtutil text', readWevtutil, wevtutilText(events, 'UTC'), /[:\n\r[\]]/g],
]

for (const [name, reader, log, marks] of logs) {
  test(`${name}: a mark that is lost or doubled costs its own record and at most the next`, async () => {
    const options = { tz: 'UTC', dest: 'given' }
    const plain = (bytes: AsyncIterable<Uint8Array>) => reader(bytes, options)
    const complete = await read(plain, log)
    assert.equal(complete.events.length, events.length)
    assert.deepEqual(complete.rejects, [])
    const found = [...log.matchAll(marks)].filter(
      ({ index }) => Buffer.byteLength(log.slice(0, index)) > (complete.events[0]?.place.offset ?? 0),
    )
    const roll = dice(3)
    const identity = ({ event }: (typeof complete.events)[number]) =>
      `${event.time} ${event.dest} ${JSON.stringify(event.sections.EventData ?? event.sections.Message)}`
    const known = new Set(complete.events.map(identity))
    for (let round = 0; round < 120; round++) {
      const mark = found[roll(found.length)] as RegExpExecArray
      const kept = roll(2) ? '' : mark[0].repeat(2)
      const damaged = log.slice(0, mark.index) + kept + log.slice(mark.index + mark[0].length)
      const reading = await read(plain, damaged)
      const intact = reading.events.filter((each) => known.has(identity(each)))
      const about = `${JSON.stringify(mark[0])} at ${mark.index}: ${JSON.stringify(log.slice(mark.index - 60, mark.index + 60))} -> ${reading.events.length} events, ${reading.rejects.length} rejects`
      assert.ok(intact.length >= events.length - 2, about)
      assert.ok(reading.events.length + reading.rejects.length >= events.length - 1, about)
      assert.ok(reading.rejects.length <= 3, about)
    }
  })
}

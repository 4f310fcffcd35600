import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Canonical, canonicalFields } from '#lib/asr/canonical.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { asrCodes } from '#lib/asr/templates.ts'
import { readLog } from '#lib/formats/readers.ts'
import * as forensic from '#lib/formats/sample/forensic.ts'
import { americanTime, germanTime, messageOf } from '#lib/formats/sample/parts.ts'
import * as powershell from '#lib/formats/sample/powershell.ts'
import * as siem from '#lib/formats/sample/siem.ts'
import * as windows from '#lib/formats/sample/windows.ts'
import { inShort, read } from '#lib/formats/testing.ts'
import type { SimulatedEvent } from '#lib/simulate/event.ts'
import { renderMultiline } from '#lib/simulate/render-multiline.ts'
import { renderXml } from '#lib/simulate/render-xml.ts'
import { simulate } from '#lib/simulate/simulate.ts'

/** Two simulated events of each of the ten codes, from the first days of a month, which can be read as a month too. */
const november = { seed: 5, dests: 40, days: 10, events: 3000, others: 0, end: Date.parse('2026-11-11T18:00:00Z') }
const simulated = [...simulate(november)]
const events = asrCodes.flatMap((code) => simulated.filter((event) => event.EventCode === code).slice(0, 2))
const tz = 'Europe/Berlin'
const usTime = (event: SimulatedEvent) => americanTime(event, tz)
const deTime = (event: SimulatedEvent) => germanTime(event, tz)
const lines = (render: (event: SimulatedEvent) => string) => events.map((event) => `${render(event)}\n`).join('')

/** What a format cannot hold: its computer, its EventRecordID, or the data that messages leave out (ID of 1125 and 1126). */
type Loss = 'dest' | 'recordId' | 'message'
const formats: [name: string, format: string, log: string | Buffer, losses: Loss[]][] = [
  ['XML', 'xml', lines(renderXml), []],
  ['rendered XML', 'xml', lines((event) => windows.renderedXml(renderXml(event), messageOf(event))), []],
  ['multi-line', 'multiline', lines((event) => renderMultiline(event, tz)), ['message']],
  ['wevtutil text', 'wevtutil-text', windows.wevtutilText(events, tz), ['message', 'recordId']],
  ['Event Viewer CSV', 'event-viewer-csv', windows.eventViewerCsv(events, usTime), ['message', 'recordId', 'dest']],
  [
    'Event Viewer CSV, German',
    'event-viewer-csv',
    windows.eventViewerCsv(events, deTime, windows.germanHead),
    ['message', 'recordId', 'dest'],
  ],
  ['PowerShell 7 JSON', 'get-winevent-json', powershell.convertToJson7(events), []],
  ['PowerShell 5.1 JSON', 'get-winevent-json', powershell.convertToJson5(events), []],
  ['Export-Csv', 'get-winevent-csv', powershell.exportCsv(events, usTime), ['message']],
  ['Export-Csv, German', 'get-winevent-csv', powershell.exportCsv(events, deTime, ';'), ['message']],
  ['Export-Clixml', 'get-winevent-clixml', powershell.exportClixml(events), []],
  ['EvtxECmd CSV', 'evtxecmd-csv', forensic.evtxECmdCsv(events), []],
  ['EvtxECmd JSON', 'evtxecmd-json', forensic.evtxECmdJson(events), []],
  ['evtx_dump JSON', 'evtx-json', forensic.evtxDump(events), []],
  ['evtx_dump JSONL', 'evtx-json', forensic.evtxDumpLines(events), []],
  ['Chainsaw dump', 'evtx-json', forensic.chainsaw(events), []],
  ['Chainsaw hunt', 'evtx-json', forensic.chainsawHunt(events), []],
  ['Velociraptor', 'velociraptor-json', forensic.velociraptor(events), []],
  ['Winlogbeat', 'ecs-json', siem.winlogbeat(events), []],
  ['Elastic Agent with the original', 'ecs-json', siem.withOriginal(events), []],
  ['Elasticsearch hits', 'ecs-json', siem.searchHits(events), []],
  ['Kibana CSV', 'ecs-csv', siem.kibanaCsv(events), []],
  ['Wazuh', 'wazuh-json', siem.wazuh(events), []],
  ['Splunk JSON of XML', 'splunk-json', siem.splunkXml(events), []],
  ['Splunk JSON of text', 'splunk-json', siem.splunkText(events), ['message']],
  ['Splunk JSON of fields', 'splunk-json', siem.splunkFields(events), []],
  ['Splunk CSV of XML', 'splunk-csv', siem.splunkCsv(events), []],
  ['Splunk CSV of text', 'splunk-csv', siem.splunkTextCsv(events, tz), ['message']],
]

type Same = { EventCode: number; dest: string; second: number; recordId: number | null } & Canonical

function sameOf(event: LoggedEvent, losses: readonly Loss[]): Same {
  const canonical = canonicalFields(event)
  if (losses.includes('message') && (event.EventCode === 1125 || event.EventCode === 1126)) canonical.ID = null
  return {
    EventCode: event.EventCode,
    dest: losses.includes('dest') ? 'given' : event.dest,
    second: Math.floor(event.time / 1000),
    recordId: losses.includes('recordId') ? null : event.recordId,
    ...canonical,
  }
}

async function readAs(log: string | Buffer, zone: string) {
  let format = ''
  const reading = await read(
    async function* (bytes, options) {
      const told = await readLog(bytes, { ...options, dest: 'given' })
      format = told.format
      yield* told.outcomes
    },
    log,
    1000,
    zone,
  )
  return { format, ...reading }
}

test('the events chosen are two of each code', () => {
  assert.deepEqual(
    events.map((event) => event.EventCode),
    asrCodes.flatMap((code) => [code, code]),
  )
})

for (const [name, format, log, losses] of formats) {
  test(`the same events come out of ${name}`, async () => {
    const zone = name === 'Kibana CSV' ? 'UTC' : tz
    const reading = await readAs(log, zone)
    assert.equal(reading.format, format)
    assert.deepEqual(inShort(reading), { events: events.map((event) => event.EventCode), others: {}, rejects: [] })
    const xml = await readAs(lines(renderXml), zone)
    assert.deepEqual(
      reading.events.map(({ event }) => sameOf(event, losses)),
      xml.events.map(({ event }) => sameOf(event, losses)),
    )
  })
}

test('advanced hunting tells the same of ASR events, but no EventRecordID', async () => {
  const ours = events.filter((event) => windows.huntingCodes.includes(event.EventCode))
  const reading = await readAs(windows.huntingCsv(ours), 'UTC')
  assert.equal(reading.format, 'defender-hunting-csv')
  const xml = await readAs(ours.map(renderXml).join('\n'), 'UTC')
  const lower = ({ Process_Name, Path, ...same }: Same) => ({
    ...same,
    Process_Name: Process_Name?.toLowerCase(),
    Path: Path?.toLowerCase(),
  })
  assert.deepEqual(
    reading.events.map(({ event }) => lower(sameOf(event, ['recordId']))),
    xml.events.map(({ event }) => lower(sameOf(event, ['recordId']))),
  )
})

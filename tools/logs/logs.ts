import type { Format } from '#lib/formats/detect.ts'
import { evtx } from '#tools/logs/evtx.ts'
import * as forensic from '#tools/logs/forensic.ts'
import { americanTime, germanTime, messageOf } from '#tools/logs/parts.ts'
import * as powershell from '#tools/logs/powershell.ts'
import * as siem from '#tools/logs/siem.ts'
import * as windows from '#tools/logs/windows.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { renderMultiline } from '#tools/simulate/render-multiline.ts'
import { renderXml } from '#tools/simulate/render-xml.ts'

/** What a format cannot hold: its computer, its EventRecordID, or the data that messages leave out (ID of 1125 and 1126). */
export type Loss = 'dest' | 'recordId' | 'message'

/** A log as one tool writes it. `tz` is the zone of its local times. */
export type SampleLog = { name: string; format: Format; tz: string; bytes: Buffer; losses: Loss[] }

/** Where the machine is that wrote the logs. */
const tz = 'Europe/Berlin'

type Write = (events: readonly SimulatedEvent[]) => string | Buffer

const lines =
  (render: (event: SimulatedEvent) => string): Write =>
  (events) =>
    events.map((event) => `${render(event)}\n`).join('')
const usTime = (event: SimulatedEvent) => americanTime(event, tz)
const deTime = (event: SimulatedEvent) => germanTime(event, tz)

const tools: [name: string, format: Format, losses: Loss[], write: Write][] = [
  ['XML', 'xml', [], lines(renderXml)],
  ['rendered XML', 'xml', [], lines((event) => windows.renderedXml(renderXml(event), messageOf(event)))],
  ['EVTX', 'evtx', [], (events) => evtx(events)],
  ['EVTX without templates', 'evtx', [], (events) => evtx(events, true)],
  ['multi-line', 'multiline', ['message'], lines((event) => renderMultiline(event, tz))],
  ['wevtutil text', 'wevtutil-text', ['message', 'recordId'], (events) => windows.wevtutilText(events, tz)],
  [
    'Event Viewer CSV',
    'event-viewer-csv',
    ['message', 'recordId', 'dest'],
    (events) => windows.eventViewerCsv(events, usTime),
  ],
  [
    'Event Viewer CSV, German',
    'event-viewer-csv',
    ['message', 'recordId', 'dest'],
    (events) => windows.eventViewerCsv(events, deTime, windows.germanHead),
  ],
  ['PowerShell 7 JSON', 'get-winevent-json', [], powershell.convertToJson7],
  ['PowerShell 5.1 JSON', 'get-winevent-json', [], powershell.convertToJson5],
  ['Export-Csv', 'get-winevent-csv', ['message'], (events) => powershell.exportCsv(events, usTime)],
  ['Export-Csv, German', 'get-winevent-csv', ['message'], (events) => powershell.exportCsv(events, deTime, ';')],
  ['Export-Clixml', 'get-winevent-clixml', [], powershell.exportClixml],
  ['EvtxECmd CSV', 'evtxecmd-csv', [], forensic.evtxECmdCsv],
  ['EvtxECmd JSON', 'evtxecmd-json', [], forensic.evtxECmdJson],
  ['evtx_dump JSON', 'evtx-json', [], forensic.evtxDump],
  ['evtx_dump JSONL', 'evtx-json', [], forensic.evtxDumpLines],
  ['Chainsaw dump', 'evtx-json', [], forensic.chainsaw],
  ['Chainsaw hunt', 'evtx-json', [], forensic.chainsawHunt],
  ['Velociraptor', 'velociraptor-json', [], forensic.velociraptor],
  ['Winlogbeat', 'ecs-json', [], siem.winlogbeat],
  ['Elastic Agent with the original', 'ecs-json', [], siem.withOriginal],
  ['Elasticsearch hits', 'ecs-json', [], siem.searchHits],
  ['Kibana CSV', 'ecs-csv', [], siem.kibanaCsv],
  ['Wazuh', 'wazuh-json', [], siem.wazuh],
  ['Splunk JSON of XML', 'splunk-json', [], siem.splunkXml],
  ['Splunk JSON of text', 'splunk-json', ['message'], siem.splunkText],
  ['Splunk JSON of fields', 'splunk-json', [], siem.splunkFields],
  ['Splunk CSV of XML', 'splunk-csv', [], siem.splunkCsv],
  ['Splunk CSV of text', 'splunk-csv', ['message'], (events) => siem.splunkTextCsv(events, tz)],
]

/** The same events as each tool writes them that keeps all of them; the first is XML, which loses nothing. */
export const sampleLogs = (events: readonly SimulatedEvent[]): SampleLog[] =>
  tools.map(([name, format, losses, write]) => {
    const log = write(events)
    const bytes = typeof log === 'string' ? Buffer.from(log) : log
    return { name, format, losses, bytes, tz: name === 'Kibana CSV' ? 'UTC' : tz }
  })

import { readLog } from '#lib/formats/readers.ts'
import * as forensic from '#tools/logs/forensic.ts'
import { americanTime } from '#tools/logs/parts.ts'
import * as powershell from '#tools/logs/powershell.ts'
import * as siem from '#tools/logs/siem.ts'
import * as windows from '#tools/logs/windows.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { figure, median, table } from './figures.ts'
import type { Options } from './options.ts'

type Events = readonly SimulatedEvent[]
const tz = 'UTC'
const american = (event: SimulatedEvent) => americanTime(event, tz)

const exports: Record<string, (events: Events) => string | Buffer> = {
  'wevtutil text': (events) => windows.wevtutilText(events, tz),
  'Event Viewer CSV': (events) => windows.eventViewerCsv(events, american),
  'PowerShell 7 JSON': powershell.convertToJson7,
  'PowerShell 5.1 JSON': powershell.convertToJson5,
  'Export-Csv': (events) => powershell.exportCsv(events, american),
  'Export-Clixml': powershell.exportClixml,
  'EvtxECmd CSV': forensic.evtxECmdCsv,
  'EvtxECmd JSON': forensic.evtxECmdJson,
  'evtx_dump JSONL': forensic.evtxDumpLines,
  'Chainsaw hunt': forensic.chainsawHunt,
  Velociraptor: forensic.velociraptor,
  Winlogbeat: siem.winlogbeat,
  'Kibana CSV': siem.kibanaCsv,
  Wazuh: siem.wazuh,
  'Splunk JSON of XML': siem.splunkXml,
  'Splunk JSON of text': siem.splunkText,
  'Splunk CSV of XML': siem.splunkCsv,
  'Advanced hunting CSV': windows.huntingCsv,
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 256 * 1024
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readOnce(bytes: Buffer): Promise<{ seconds: number; events: number }> {
  const begun = performance.now()
  const { outcomes } = await readLog(piecesOf(bytes), { tz, dest: 'host' })
  let events = 0
  for await (const list of outcomes) for (const { kind } of list) if (kind === 'event') events++
  return { seconds: (performance.now() - begun) / 1000, events }
}

/** The reader of each further format alone, on the same events, all ours. */
export async function benchFormats(_folder: string, { events, runs }: Options): Promise<string> {
  const simulated = [...simulate({ dests: 200, days: 10, events: Math.ceil(events / 40), others: 0 })]
  const rows: string[][] = []
  for (const [name, write] of Object.entries(exports)) {
    const bytes = Buffer.from(write(simulated))
    const found = []
    for (let run = 0; run <= runs; run++) found.push(await readOnce(bytes))
    const seconds = median(found.slice(1).map((each) => each.seconds))
    const count = found[0]?.events ?? 0
    rows.push([
      name,
      `${figure(bytes.length / 1e6 / seconds)} MB/s`,
      `${figure(count / seconds)} events/s`,
      figure(count),
    ])
  }
  return `Formats: the reader alone, median of ${runs} runs after a first\n\n${table(['format', 'bytes', 'rate', 'events'], rows)}`
}

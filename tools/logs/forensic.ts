import { csvTable } from '#tools/logs/csv.ts'
import { dataOf, defender } from '#tools/logs/parts.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'

const ndjson = (objects: readonly object[]): string => objects.map((each) => `${JSON.stringify(each)}\n`).join('')

/** A record of EvtxECmd; a Data element without text has none in the Payload either. */
function evtxECmd(event: SimulatedEvent, index: number, time: string): Record<string, string> {
  const Data = dataOf(event).map(([name, value]) => ({ '@Name': name, ...(value === '' ? {} : { '#text': value }) }))
  return {
    RecordNumber: String(index + 1),
    EventRecordId: String(event.recordId),
    TimeCreated: time,
    EventId: String(event.EventCode),
    Level: 'Info',
    Provider: defender,
    Channel: event.channel,
    ProcessId: String(event.processId),
    ThreadId: String(event.threadId),
    Computer: event.dest,
    ChunkNumber: '0',
    UserId: event.userId,
    MapDescription: '',
    SourceFile: 'C:\\case\\Defender.evtx',
    Keywords: '0x8000000000000000',
    ExtraDataOffset: '0',
    Payload: JSON.stringify({ EventData: { Data } }),
  }
}

/** EvtxECmd `--csv`: UTF-8 with a byte order mark, a blank for the T and no Z. */
export const evtxECmdCsv = (events: readonly SimulatedEvent[]): string =>
  `\ufeff${csvTable(events.map((event, index) => evtxECmd(event, index, event.systemTime.slice(0, -1).replace('T', ' '))))}`

/** EvtxECmd `--json`. */
export const evtxECmdJson = (events: readonly SimulatedEvent[]): string =>
  `\ufeff${ndjson(events.map((event, index) => ({ ...evtxECmd(event, index, event.systemTime.replace('Z', '+00:00')), EventId: event.EventCode, Level: 4 })))}`

const sixDigits = (event: SimulatedEvent): string => event.systemTime.replace(/\dZ$/, 'Z')

/** An event of the evtx crate, with attributes in the element or next to it. */
function evtxCrate(event: SimulatedEvent, isSeparate: boolean): object {
  const provider = { Name: defender, Guid: '11CD958A-C507-4EF3-B3F2-5FD9DFBD2C78' }
  const attributes = (name: string, value: object) =>
    isSeparate ? { [`${name}_attributes`]: value } : { [name]: { '#attributes': value } }
  return {
    Event: {
      ...(isSeparate ? {} : { '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' } }),
      System: {
        ...attributes('Provider', provider),
        EventID: isSeparate ? event.EventCode : { '#attributes': { Qualifiers: 0 }, '#text': event.EventCode },
        Version: 0,
        Level: event.level,
        Keywords: '0x8000000000000000',
        ...attributes('TimeCreated', { SystemTime: sixDigits(event) }),
        EventRecordID: event.recordId,
        Correlation: null,
        ...attributes('Execution', { ProcessID: event.processId, ThreadID: event.threadId }),
        Channel: event.channel,
        Computer: event.dest,
        ...attributes('Security', { UserID: event.userId }),
      },
      EventData: Object.fromEntries(dataOf(event).map(([name, value]) => [name, value === '' ? null : value])),
    },
  }
}

/** `evtx_dump -o json`: a line with the number before each record, which runs over many lines. */
export const evtxDump = (events: readonly SimulatedEvent[]): string =>
  events.map((event, index) => `Record ${index + 1}\n${JSON.stringify(evtxCrate(event, false), null, 2)}\n`).join('')

/** `evtx_dump -o jsonl --separate-json-attributes`. */
export const evtxDumpLines = (events: readonly SimulatedEvent[]): string =>
  ndjson(events.map((event) => evtxCrate(event, true)))

/** `chainsaw dump --json`: one array. */
export const chainsaw = (events: readonly SimulatedEvent[]): string =>
  JSON.stringify(events.map((event) => evtxCrate(event, true)))

/** `chainsaw hunt --json`: the event within the hit. */
export const chainsawHunt = (events: readonly SimulatedEvent[]): string =>
  JSON.stringify(
    events.map((event) => ({
      group: 'Sigma',
      kind: 'individual',
      document: { kind: 'evtx', path: 'a.evtx', data: evtxCrate(event, false) },
    })),
  )

/** Rows of Velociraptor's artifact Windows.EventLogs.Evtx; the time in `System` is a double. */
export const velociraptor = (events: readonly SimulatedEvent[]): string =>
  ndjson(
    events.map((event) => ({
      TimeCreated: event.systemTime,
      Channel: event.channel,
      EventRecordID: event.recordId,
      EventID: event.EventCode,
      EventData: Object.fromEntries(dataOf(event)),
      Message: '',
      System: {
        Provider: { Name: defender, Guid: '{11CD958A-C507-4EF3-B3F2-5FD9DFBD2C78}' },
        EventID: { Value: event.EventCode },
        TimeCreated: { SystemTime: event.time / 1000 },
        EventRecordID: event.recordId,
        Channel: event.channel,
        Computer: event.dest,
        Security: { UserID: event.userId },
      },
      OSPath: 'C:\\Windows\\System32\\winevt\\Logs\\Microsoft-Windows-Windows Defender%4Operational.evtx',
    })),
  )

import { csvTable } from '#tools/logs/csv.ts'
import { dataOf, defender, localIso, messageOf } from '#tools/logs/parts.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { escapeXml } from '#tools/simulate/render-xml.ts'

/** An EventLogRecord as ConvertTo-Json writes it. */
export function winEvent(event: SimulatedEvent, time: string): object {
  return {
    Id: event.EventCode,
    Version: 0,
    Qualifiers: null,
    Level: event.level,
    Task: 0,
    Opcode: 0,
    Keywords: 0,
    RecordId: event.recordId,
    ProviderName: defender,
    ProviderId: '11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78',
    LogName: event.channel,
    ProcessId: event.processId,
    ThreadId: event.threadId,
    MachineName: event.dest,
    UserId: { BinaryLength: 12, AccountDomainSid: null, Value: event.userId },
    TimeCreated: time,
    ActivityId: null,
    ContainerLog: event.channel,
    MatchedQueryIds: [],
    Bookmark: {},
    LevelDisplayName: 'Information',
    Properties: dataOf(event).map(([, Value]) => ({ Value })),
    Message: messageOf(event),
  }
}

/** Keywords is a number that JavaScript cannot write. */
const withKeywords = (json: string): string => json.replace(/("Keywords": ?)0/g, '$1-9223372036854775808')

/** PowerShell 7: one object, or an array. */
export function convertToJson7(events: readonly SimulatedEvent[]): string {
  const objects = events.map((event) => winEvent(event, localIso(event, 'America/New_York', true)))
  return withKeywords(JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2))
}

/** Windows PowerShell 5.1, redirected into a file: UTF-16 with a byte order mark, and dates as milliseconds. */
export function convertToJson5(events: readonly SimulatedEvent[]): Buffer {
  const objects = events.map((event) => winEvent(event, `/Date(${event.time})/`))
  const json = JSON.stringify(objects, null, 4).replaceAll('"/Date(', '"\\/Date(').replaceAll(')/"', ')\\/"')
  return Buffer.from(`\ufeff${withKeywords(json)}\r\n`, 'utf16le')
}

/** Export-Csv: the data are in the message alone. `write` spells the time as the culture of the machine does. */
export function exportCsv(
  events: readonly SimulatedEvent[],
  write: (event: SimulatedEvent) => string,
  delimiter = ',',
): string {
  const rows = events.map((event) => ({
    Message: messageOf(event),
    Id: String(event.EventCode),
    Version: '0',
    Level: String(event.level),
    RecordId: String(event.recordId),
    ProviderName: defender,
    LogName: event.channel,
    MachineName: event.dest,
    UserId: event.userId,
    TimeCreated: write(event),
    Properties: 'System.Collections.Generic.List`1[System.Diagnostics.Eventing.Reader.EventProperty]',
  }))
  return `#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n${csvTable(rows, delimiter, true)}`
}

const text = (value: string): string =>
  escapeXml(
    value
      .replace(/_x(?=[\dA-Fa-f]{4}_)/g, '_x005F_x')
      .replace(/[\r\n\t]/g, (c) => `_x000${c.charCodeAt(0).toString(16).toUpperCase()}_`),
  )

function clixmlObject(event: SimulatedEvent, id: number): string {
  const property = ([, value]: [string, string], index: number) =>
    `          <Obj RefId="${id + 3 + index}">\n            <Props>\n              <S N="Value">${text(value)}</S>\n            </Props>\n          </Obj>\n`
  return `  <Obj RefId="${id}">
    <TN RefId="0"><T>System.Diagnostics.Eventing.Reader.EventLogRecord</T><T>System.Object</T></TN>
    <ToString>System.Diagnostics.Eventing.Reader.EventLogRecord</ToString>
    <Props>
      <I32 N="Id">${event.EventCode}</I32>
      <Nil N="Qualifiers" />
      <I64 N="Keywords">-9223372036854775808</I64>
      <I64 N="RecordId">${event.recordId}</I64>
      <S N="ProviderName">${defender}</S>
      <S N="LogName">${event.channel}</S>
      <S N="MachineName">${text(event.dest)}</S>
      <Obj N="UserId" RefId="${id + 1}">
        <ToString>${event.userId}</ToString>
        <Props><S N="Value">${event.userId}</S></Props>
      </Obj>
      <DT N="TimeCreated">${localIso(event, 'Europe/Berlin', true)}</DT>
      <Obj N="Properties" RefId="${id + 2}">
        <LST>
${dataOf(event).map(property).join('')}        </LST>
      </Obj>
    </Props>
    <MS>
      <S N="Message">${text(messageOf(event))}</S>
    </MS>
  </Obj>
`
}

/** Export-Clixml of Windows PowerShell: UTF-16 with a byte order mark. */
export function exportClixml(events: readonly SimulatedEvent[]): Buffer {
  const head = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n'
  const objects = events.map((event, index) => clixmlObject(event, index * 40))
  return Buffer.from(`\ufeff${head}${objects.join('')}</Objs>`, 'utf16le')
}

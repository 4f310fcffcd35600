import { csvRow, csvTable } from '#tools/logs/csv.ts'
import { dataValue, defender, localIso, messageOf } from '#tools/logs/parts.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'

type Events = readonly SimulatedEvent[]

export const englishHead = ['Level', 'Date and Time', 'Source', 'Event ID', 'Task Category']
export const germanHead = ['Ebene', 'Datum und Uhrzeit', 'Quelle', 'Ereignis-ID', 'Aufgabenkategorie']

/** Event Viewer, "Save filtered log file as" CSV. `write` spells the time as the machine does. */
export const eventViewerCsv = (events: Events, write: (event: SimulatedEvent) => string, head = englishHead): string =>
  csvRow(head) +
  events
    .map((event) => csvRow(['Warning', write(event), defender, String(event.EventCode), 'None', messageOf(event)]))
    .join('')

/** `wevtutil qe /f:text`; some builds write a colon behind the number. */
export const wevtutilText = (events: Events, tz: string): string =>
  events
    .map((event, index) =>
      [
        `Event[${index}]${index % 2 ? ':' : ''}`,
        `  Log Name: ${event.channel}`,
        `  Source: ${defender}`,
        `  Date: ${localIso(event, tz, false).slice(0, -4)}`,
        `  Event ID: ${event.EventCode}`,
        '  Task: N/A',
        '  Level: Warning',
        '  Opcode: Info',
        '  Keyword: N/A',
        `  User: ${event.userId}`,
        '  User Name: NT AUTHORITY\\SYSTEM',
        `  Computer: ${event.dest}`,
        '  Description: ',
        `${messageOf(event)}\r\n`,
        '',
      ].join('\r\n'),
    )
    .join('')

/** `wevtutil qe /f:RenderedXml`: the event with its message in it. */
export const renderedXml = (xml: string, message: string): string =>
  xml.replace(
    '</Event>',
    `<RenderingInfo Culture='en-US'><Message>${message.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Message><Level>Warning</Level><Task></Task><Opcode>Info</Opcode><Channel></Channel><Provider></Provider><Keywords></Keywords></RenderingInfo></Event>`,
  )

const endings: Record<number, string> = { 1121: 'Blocked', 1122: 'Audited', 1129: 'WarnBypassed' }
export const huntingCodes = [1121, 1122, 1129]

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('\\'))
const fileOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

/** A row of DeviceEvents; the rule is in AdditionalFields. */
export function huntingRow(event: SimulatedEvent): Record<string, string> {
  const path = dataValue(event, 'Path')
  const acting = dataValue(event, 'Process Name')
  const [domain = '', user = ''] = dataValue(event, 'User').split('\\')
  return {
    Timestamp: event.systemTime,
    DeviceId: 'a1',
    DeviceName: event.dest,
    ActionType: `AsrSomeRule${endings[event.EventCode]}`,
    FileName: fileOf(path),
    FolderPath: folderOf(path),
    AccountDomain: user === '' ? '' : domain,
    AccountName: user === '' ? domain : user,
    ProcessCommandLine: dataValue(event, 'Target Commandline'),
    InitiatingProcessFileName: fileOf(acting),
    InitiatingProcessFolderPath: acting.toLowerCase(),
    InitiatingProcessCommandLine: dataValue(event, 'Parent Commandline'),
    AdditionalFields: JSON.stringify({
      IsAudit: event.EventCode === 1122,
      RuleId: dataValue(event, 'ID').toLowerCase(),
    }),
    ReportId: '77',
  }
}

export const huntingCsv = (events: Events): string => `\ufeff${csvTable(events.map(huntingRow))}`

import type { LoggedField } from '#lib/asr/event.ts'
import { templates } from '#lib/asr/templates.ts'
import type { WrittenEvent } from '#tools/evtx-writer/event.ts'
import { pick, randomOf } from './random.ts'

type Random = () => number

// The codes of ours as often as a log has them: rules above all, then configuration.
const ourCodes = [
  ...Array<number>(8).fill(1121),
  ...Array<number>(5).fill(1122),
  ...Array<number>(4).fill(5007),
  ...[1125, 1126, 1129, 1131, 1132, 1133, 1134],
]

const rules = [
  '3B576869-A4EC-4529-8536-B80A7769E899',
  'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
  '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2',
  'D1E49AAC-8F56-4280-B9BA-993A6D77406C',
  '92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B',
]
const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\'
const processes = [
  `${office}WINWORD.EXE`,
  `${office}EXCEL.EXE`,
  'C:\\Windows\\System32\\svchost.exe',
  'C:\\Windows\\explorer.exe',
]
const users = ['CONTOSO\\a.weber', 'CONTOSO\\j.møller', 'NT AUTHORITY\\SYSTEM', 'CONTOSO\\svc-backup']

function ourValue(name: string, random: Random, time: number): string {
  switch (name) {
    case 'Product Name':
      return 'Microsoft Defender Antivirus'
    case 'Product Version':
      return '4.18.23100.2009'
    case 'ID':
    case 'Policy Rule Id':
      return pick(random, rules)
    case 'Detection Time':
    case 'Timestamp':
    case 'Event Timestamp':
      return new Date(time).toISOString()
    case 'User':
      return pick(random, users)
    case 'Path':
    case 'Target':
    case 'Destination':
      return `C:\\Users\\a.weber\\AppData\\Local\\Temp\\${Math.floor(random() * 1e6).toString(36)}.vbs`
    case 'Process Name':
    case 'Process':
    case 'Source':
      return pick(random, processes)
    case 'Target Commandline':
      return `"C:\\Windows\\System32\\wscript.exe" //B ${Math.floor(random() * 1e9).toString(36)}.vbs`
    case 'Parent Commandline':
      return `"${pick(random, processes)}" /n "C:\\Users\\a.weber\\Downloads\\${Math.floor(random() * 1e4)}.docm" `
    case 'Old Value':
    case 'New Value': {
      const value = `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules\\${pick(random, rules)}`
      return random() < 0.3 ? '' : `${value} = 0x${Math.floor(random() * 3)}`
    }
    case 'Unused':
    case 'Involved File':
      return ''
    case 'RuleType':
      return 'ENT\\ConsR'
    case 'Inhertiance Flags':
      return '0x00000000'
    default:
      return name.endsWith('Version') ? '1.401.912.0' : `${Math.floor(random() * 100)}`
  }
}

/** EventData of one of the ten codes, as Defender fills it. */
const ourFields = (code: number, random: Random, time: number): LoggedField[] =>
  (templates[code] ?? []).map((name) => [name, ourValue(name, random, time)])

const healthNames = [
  ...['Platform version', 'Unused', 'Engine version', 'NRI engine version', 'AV security intelligence version'],
  ...[
    'AS security intelligence version',
    'NRI security intelligence version',
    'RTP state',
    'OA state',
    'IOAV state',
    'BM state',
  ],
  ...[
    'Last AV security intelligence age',
    'Last AS security intelligence age',
    'Last quick scan age',
    'Last full scan age',
  ],
  ...['AV security intelligence creation time', 'AS security intelligence creation time', 'Last quick scan start time'],
  ...['Last quick scan end time', 'Last quick scan source', 'Last full scan start time', 'Last full scan end time'],
  ...['Last full scan source', 'Product status'],
]
const updateNames = [
  ...[
    'Product Version',
    'Current security intelligence Version',
    'Previous security intelligence Version',
    'Domain',
    'User',
    'SID',
  ],
  ...[
    'Security intelligence Type Index',
    'Security intelligence Type',
    'Update Type Index',
    'Update Type',
    'Current Engine Version',
  ],
  ...['Previous Engine Version'],
]
const logonNames = [
  ...['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId', 'TargetUserSid', 'TargetUserName'],
  ...[
    'TargetDomainName',
    'TargetLogonId',
    'LogonType',
    'LogonProcessName',
    'AuthenticationPackageName',
    'WorkstationName',
  ],
  ...[
    'LogonGuid',
    'TransmittedServices',
    'LmPackageName',
    'KeyLength',
    'ProcessId',
    'ProcessName',
    'IpAddress',
    'IpPort',
  ],
]
const security = { name: 'Microsoft-Windows-Security-Auditing', guid: '{54849625-5478-4994-a5ba-3e3b0328c30d}' }
const serviceControl = { name: 'Service Control Manager', guid: '{555908d1-a6d7-4695-8e1e-26931d2012f4}' }

type Shape = Pick<WrittenEvent, 'EventCode' | 'channel' | 'provider'> & { names: string[]; weight: number }

const others: Shape[] = [
  { EventCode: 1151, names: ['Product Name', ...healthNames], weight: 24 },
  {
    EventCode: 1150,
    names: ['Product Name', 'Platform version', 'Unused', 'Engine version', 'Security intelligence version'],
    weight: 22,
  },
  { EventCode: 2000, names: ['Product Name', ...updateNames], weight: 12 },
  { EventCode: 2010, names: ['Product Name', ...updateNames], weight: 6 },
  {
    EventCode: 1000,
    names: ['Product Name', 'Product Version', 'Scan ID', 'Scan Type', 'Scan Parameters', 'User'],
    weight: 5,
  },
  {
    EventCode: 1001,
    names: ['Product Name', 'Product Version', 'Scan ID', 'Scan Type', 'Scan Parameters', 'User'],
    weight: 5,
  },
  { EventCode: 1013, names: ['Product Name', 'Product Version', 'Timestamp', 'User'], weight: 3 },
  { EventCode: 4624, channel: 'Security', provider: security, names: logonNames, weight: 10 },
  { EventCode: 4688, channel: 'Security', provider: security, names: logonNames.slice(0, 12), weight: 6 },
  { EventCode: 7036, channel: 'System', provider: serviceControl, names: ['param1', 'param2'], weight: 7 },
]
const weighted = others.flatMap((shape) => Array<Shape>(shape.weight).fill(shape))

const otherFields = (names: string[], random: Random): LoggedField[] =>
  names.map((name, index) => [
    name,
    index === 0 ? 'Microsoft Defender Antivirus' : `${name.slice(0, 6)} 1.${Math.floor(random() * 1e6)}.0`,
  ])

/**
 * Events as a Defender log has them, without end and the same for the same seed: 5 % of the ten codes, the rest housekeeping of
 * Defender and of two other channels.
 */
export function* defenderMix(seed = 1, dest = 'WS-0417.contoso.example', share = 0.05): Generator<WrittenEvent, never> {
  const random = randomOf(seed)
  let time = Date.UTC(2026, 0, 5, 8)
  for (;;) {
    time += 1 + Math.floor(random() * 90_000)
    const ticks = Math.floor(random() * 10_000)
    if (random() < share) {
      const EventCode = pick(random, ourCodes)
      yield { EventCode, dest, time, ticks, level: 3, fields: ourFields(EventCode, random, time) }
    } else {
      const { names, weight, ...shape } = pick(random, weighted)
      yield { ...shape, dest, time, ticks, fields: otherFields(names, random) }
    }
  }
}

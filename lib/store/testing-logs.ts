import type { LoggedEvent } from '#lib/asr/event.ts'
import { openContinuity } from '#lib/continuity/continuity.ts'
import { event } from '#lib/ingest/testing.ts'
import type { Reject } from '#lib/model/reject.ts'
import { readEvent, sampleEvents } from '#lib/query/testing.ts'
import type { ReadLog } from './testing-receipts.ts'

const hour = 3_600_000
const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const lsass = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
const unknown = ['00000000-AAAA-BBBB-CCCC-000000000001', '00000000-AAAA-BBBB-CCCC-000000000002']
const start = Date.parse('2026-03-02T08:00:00Z')

/** Texts that a pattern, a dialect or a collation may take for something else. */
const paths = [
  ...['a*b', 'a%b', 'a_b', 'a\\b', 'axb', 'axyb', '!a', '=a', 'NULL', 'null', ' blank ', "o'clock", '"quoted"', '[a]b'],
  ...[
    'C:\\a\0B.exe',
    'C:\\a\0c.exe',
    'C:\\a',
    '\0',
    'Ärger.exe',
    'ärger.exe',
    'STRASSE',
    'straße',
    '😀.exe',
    '\uffee.exe',
  ],
]
const odd = (at: number): LoggedEvent[] =>
  paths.map((Path, index) =>
    event(index % 2 === 0 ? 1121 : 1122, 'ODD', at + index * 600_000, {
      ...{ ID: index % 3 === 0 ? office : (unknown[index % 2] ?? ''), Path, User: Path.toUpperCase() },
      ...{ 'Process Name': paths.at(-index - 1) ?? '', 'Parent Commandline': 'winword /n', 'Target Commandline': Path },
    }),
  )

const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender'
const change = (dest: string, time: number, before: string, now: string) =>
  event(5007, dest, time, { 'Old Value': before, 'New Value': now })
const changes = (at: number): LoggedEvent[] =>
  [
    [`${key}\\Rules\\${office} = 0x1`, `${key}\\Rules\\${office} = 0x0`],
    [`${key}\\Rules\\${office} = 0x0`, `${key}\\Rules\\${office} = 0x0`],
    [`${key}\\Rules\\${lsass} = 0x1`, `${key}\\Rules\\${lsass} = 0x6`],
    [`${key}\\Rules\\${unknown[0]} = 0x2`, ''],
    [
      `${policies}\\Policy Manager\\ASRRules = ${office}=1|${lsass}=2`,
      `${policies}\\Policy Manager\\ASRRules = ${office}=0|${lsass}=1`,
    ],
    ['', `${key}\\ASROnlyExclusions\\C:\\Users = 0x0`],
    [`${policies}\\Policy Manager\\ExploitGuard_ASR_Rules = 0x1`, ''],
    ['HKLM\\x\\Features\\Controls\\48 = 0x1', ''],
  ].map(([before = '', now = ''], index) => change(index % 2 === 0 ? 'odd' : 'PC-2', at + index * hour, before, now))

/** One host under three spellings, before 1970 and around it, and events that are equal but for nothing. */
const old: LoggedEvent[] = [
  -8 * 24 * hour,
  -25 * hour - 1,
  -hour,
  -1001,
  -1000,
  -999,
  -1,
  0,
  1,
  999,
  hour - 1,
  hour,
].map((time, index) =>
  event(index % 2 === 0 ? 1121 : 1126, ['Alt', 'ALT', 'alt'][index % 3] ?? '', time, {
    ...{ ID: office, 'Process Name': 'old.exe', Path: 'p', Destination: 'https://a.example' },
  }),
)
const equal = (count: number): LoggedEvent[] =>
  Array.from({ length: count }, () => event(1122, 'EQUAL', start, { ID: lsass, Path: 'same' }, null))

/** Modes of one rule after one another: warn proved, then only blocked; another one warned, then audited. */
const states: LoggedEvent[] = [
  ...[1122, 1129, 1121].map((code, index) => event(code, 'STATES', start + index * hour, { ID: office, Path: 'p' })),
  ...[1129, 1122].map((code, index) => event(code, 'STATES', start + index * hour, { ID: lsass, Path: 'p' })),
  event(1121, 'NUL\0HOST', start, { ID: office, Path: 'p' }),
]

const rejectOf = (record: number, reason: Reject['reason'] = 'no-dest'): Reject => ({
  ...{ record, line: record * 2, offset: record * 100, reason, detail: `Detail ${record}.`, snippet: '<Event>' },
})

type Kept = { id: number; time: number; code?: number }

/** A log of a host with record ids: events of kept codes, and what continuity is told of the others. */
function followed(dest: string, records: readonly Kept[], engine: string) {
  const continuity = openContinuity()
  const events: LoggedEvent[] = []
  for (const { id: recordId, time, code = 1150 } of records) {
    if (code === 1150) continuity.other({ EventCode: code, dest, recordId, time })
    else {
      events.push(event(code, dest, time, { ID: office, Path: 'followed', 'Engine Version': engine }, recordId))
      continuity.event(events.at(-1) as LoggedEvent)
    }
  }
  return { events, continuity: continuity.close() }
}
const run = (from: number, to: number, time: number): Kept[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ id: from + index, time: time + index * 600_000 },
    ...((from + index) % 3 === 0 ? { code: (from + index) % 2 === 0 ? 1121 : 1125 } : {}),
  }))

const day = 24 * hour
const whole = followed(
  'Followed-1',
  [...run(1, 12, start), ...run(19, 30, start + 3 * hour), ...run(40, 45, start + 4 * day)],
  '1.1.1',
)
const again = followed('FOLLOWED-1', [...run(10, 40, start + 1.5 * hour), ...run(1, 6, start + 6 * day)], '1.1.2')
const query = followed(
  'Query',
  [3, 6, 9, 30, 33, 90].map((id, index) => ({ id, time: start + index * hour, code: 1121 })),
  '1.1.1',
)

/** The continuity of several hosts in one log. */
const together = (...logs: ReturnType<typeof followed>[]) => ({
  events: logs.flatMap(({ events }) => events),
  continuity: { dests: logs.flatMap(({ continuity }) => continuity.dests), unlooked: 0 },
})

const counted = (events: number, more: Partial<ReadLog['counts']> = {}) => ({
  ...{ bytesRead: 1000 + events, otherCodes: {}, rejects: [], unread: 0, ...more },
  records:
    events + (more.rejects?.length ?? 0) + Object.values(more.otherCodes ?? {}).reduce((sum, count) => sum + count, 0),
})

/** Logs that a store can answer wrongly about. Events without a given record id get another one at each call. */
export function contractLogs(): ReadLog[] {
  const simulated = sampleEvents(350, { dests: 9, days: 9 }).map(readEvent)
  const newest = Math.max(...simulated.map(({ time }) => time))
  const own = [...odd(newest - 30 * hour), ...changes(newest - 9 * hour), ...old, ...equal(3), ...states]
  const first = together(whole, query)
  const archived = [equal(2), again.events, states.slice(0, 2)]
  return [
    {
      id: 'first',
      name: 'b.xml',
      events: simulated.slice(150),
      counts: counted(simulated.length - 150, { unread: 4 }),
    },
    // What the first has comes again, in another case, and more.
    {
      id: 'sample-second',
      name: 'a.xml',
      events: [...simulated.slice(0, 200), ...own],
      tz: 'Europe/Berlin',
      dest: 'fallback',
    },
    {
      id: 'followed',
      name: 'c.xml',
      ...first,
      counts: counted(first.events.length, { otherCodes: { '1150': 30, 'Security/4688': 2 } }),
    },
    { id: 'archive', name: 'd.zip', events: [], format: 'zip', bytes: 5000 },
    {
      ...{ id: 'inner-1', name: 'inner/1.xml', parent: 'archive', events: archived[0] ?? [] },
      counts: counted(2, { rejects: [rejectOf(7), rejectOf(3, 'cut-off'), rejectOf(5)], otherCodes: { '1150': 1 } }),
    },
    {
      id: 'inner-2',
      name: 'inner/2.xml',
      parent: 'archive',
      ...again,
      counts: counted(again.events.length, { rejects: [rejectOf(1)] }),
    },
    { id: 'repeated', name: 'e.xml', events: archived[2] ?? [], format: 'csv' },
    {
      id: 'sample-open',
      name: 'f.xml',
      events: [event(1134, 'OPEN', start, { Process: 'p', Target: 't' })],
      state: 'reading',
      continuity: { dests: [], unlooked: 0 },
    },
  ]
}

import assert from 'node:assert/strict'
import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { openFixture } from '#lib/ingest/testing.ts'
import type { FilterField, Params, TableName } from '#lib/params/params.ts'
import { parseParams } from '#lib/params/parse.ts'
import type { Bucket, Reads } from '#lib/store/reads.ts'
import { ruleRows } from '#lib/store/testing.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { selectDetection, streamDetection } from './detection.ts'
import { selectEvents, streamEvents } from './events.ts'
import { selectHost, selectHosts } from './hosts.ts'
import { selectOverview } from './overview.ts'
import { ask, type Question } from './question.ts'
import { ofDest, selectRiskOf, selectRiskPage } from './risk.ts'
import { selectRule, selectRules } from './rules.ts'
import { selectTimeline } from './timeline.ts'
import { selectValues, type ValueTable, valuesAtOnce } from './values.ts'
import { selectWall } from './wall.ts'

/** The parameters of a query string, which must make sense. */
export function paramsOf(table: TableName, query = ''): Params {
  const search: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(query)) search[name] = [...(search[name] ?? []), value]
  const { params, problems } = parseParams(search, table, [], 'export')
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return params
}

/** An event as someone would count it with pencil and paper, without the code that is tested. */
export type Counted = {
  dest: string
  EventCode: number
  time: number
  ID: string | null
  Process_Name: string | null
  Path: string | null
  Parent_Commandline: string | null
  Target_Commandline: string | null
  User: string | null
  Old_Value: string | null
  New_Value: string | null
}

const nothing = { ID: null, Process_Name: null, Path: null, Parent_Commandline: null, Target_Commandline: null }
const blank: Omit<Counted, 'dest' | 'EventCode' | 'time'> = { ...nothing, User: null, Old_Value: null, New_Value: null }

/** The table of section 2 of the contract, by EventCode: which Data is which field. */
const rule = {
  ID: 'ID',
  Process_Name: 'Process Name',
  Path: 'Path',
  Parent_Commandline: 'Parent Commandline',
  Target_Commandline: 'Target Commandline',
  User: 'User',
}
const network = { ID: 'ID', Process_Name: 'Process Name', Path: 'Destination', User: 'User' }
const override = { ID: 'ID', Process_Name: 'Process Name', Path: 'Path', User: 'User' }
const policy = { ID: 'ID', Process_Name: 'Process', Path: 'Target', User: 'User' }
const dlp = { ID: 'Policy Rule Id', Process_Name: 'Process', Path: 'Target', User: 'User Sid' }
const dataOf: Record<number, Partial<Record<keyof Counted, string>>> = {
  1121: rule,
  1122: rule,
  1125: network,
  1126: network,
  1129: override,
  1131: policy,
  1132: policy,
  1133: dlp,
  1134: dlp,
  5007: { Old_Value: 'Old Value', New_Value: 'New Value' },
}

const guid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i
const ruleIn = (value: string | null): string | null => {
  const name = value?.split(' = ').slice(0, -1).join(' = ').split('\\').at(-1) ?? ''
  return /\\ASR\\Rules\\/i.test(value ?? '') ? (guid.exec(name)?.[1]?.toUpperCase() ?? null) : null
}

/** Counts one event of the simulator. */
export function counted({ EventCode, dest, time, names, values }: SimulatedEvent): Counted {
  const row: Counted = { ...blank, dest, EventCode, time }
  for (const [field, name] of Object.entries(dataOf[EventCode] ?? {})) {
    const value = values[names.indexOf(name)] ?? ''
    if (value !== '') Object.assign(row, { [field]: field === 'ID' ? value.toUpperCase() : value })
  }
  if (EventCode === 5007) row.ID = ruleIn(row.New_Value) ?? ruleIn(row.Old_Value)
  return row
}

/** The same event as a reader returns it. */
export const readEvent = ({ EventCode, dest, time, recordId, names, values }: SimulatedEvent): LoggedEvent => ({
  EventCode,
  dest,
  time,
  recordId,
  sections: { EventData: names.map((name, index) => [name, values[index] ?? '']) },
})

const states: Record<string, string> = { 0: 'Disabled', 1: 'Block', 2: 'Audit', 5: 'Not configured', 6: 'Warn' }
const hexState = (value: string | null): string | null => states[/ = 0x(\d+)$/.exec(value ?? '')?.[1] ?? ''] ?? null

type Change = { ASR_ID: string | null; Old_Registry_Value: string | null; New_Registry_Value: string | null }

const listed = (value: string | null): Map<string, string> =>
  new Map(
    (value?.split(' = ').at(-1) ?? '').split('|').flatMap((entry) => {
      const [id = '', state = ''] = entry.split('=')
      return guid.test(id) ? [[id.toUpperCase(), state] as const] : []
    }),
  )

/** The result rows of one 5007, as section 3 of the contract has them. */
function changesOf({ Old_Value, New_Value }: Counted): Change[] {
  const either = `${Old_Value ?? ''} ${New_Value ?? ''}`
  if (/\\ASRRules = /.test(either)) {
    const before = listed(Old_Value)
    const after = listed(New_Value)
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((id) => before.get(id) !== after.get(id))
      .map((id) => ({
        ASR_ID: id,
        Old_Registry_Value: states[before.get(id) ?? ''] ?? null,
        New_Registry_Value: states[after.get(id) ?? ''] ?? null,
      }))
  }
  if (/\\ASROnlyPerRuleExclusions = /.test(either)) {
    const ids = [...listed(Old_Value).keys(), ...listed(New_Value).keys()]
    return ids.map((id) => ({ ASR_ID: id, Old_Registry_Value: null, New_Registry_Value: null }))
  }
  if (/\\ASROnlyExclusions\\/.test(either))
    return [{ ASR_ID: null, Old_Registry_Value: null, New_Registry_Value: null }]
  const ASR_ID = ruleIn(New_Value) ?? ruleIn(Old_Value)
  if (ASR_ID === null) return []
  return [{ ASR_ID, Old_Registry_Value: hexState(Old_Value), New_Registry_Value: hexState(New_Value) }]
}

/** A rule that did something and does nothing any more; in Splunk's search any that is Disabled now. */
const isSwitchedOff = (
  { Old_Registry_Value: before, New_Registry_Value: after }: Change,
  mode: Params['mode'],
): boolean =>
  mode === 'faithful'
    ? after === 'Disabled'
    : ['Block', 'Audit', 'Warn'].includes(before ?? '') && ['Disabled', 'Not configured', ''].includes(after ?? '')

/** What Splunk's rex and case find in a 5007, by the ESCU search itself; null if one of its by-fields stays empty. */
function splunkChange({ Old_Value, New_Value }: Counted): Change | null {
  const named: Record<string, string> = { 0: 'Disabled', 1: 'Block', 2: 'Audit', 6: 'Warn' }
  const after = named[/0x(\d+)$/.exec(New_Value ?? '')?.[1] ?? '']
  const before = named[/0x(\d+)$/.exec(Old_Value ?? '')?.[1] ?? '']
  const ASR_ID = /Rules\\([A-Fa-f0-9-]+)\s*=/.exec(New_Value ?? '')?.[1]
  if (after === undefined || before === undefined || ASR_ID === undefined) return null
  return { ASR_ID: ASR_ID.toUpperCase(), Old_Registry_Value: before, New_Registry_Value: after }
}

export type CountedRow = Record<string, string | number>

/** The by-fields of every result row an event belongs to: none, one, or one for each rule it changed. */
function resultRows(event: Counted, key: DetectionKey, mode: Params['mode']): Record<string, string | number | null>[] {
  const { by, codes } = detections[key]
  if (!codes.includes(event.EventCode)) return []
  if (key === 'registry' || key === 'disabled') {
    const splunk = splunkChange(event)
    const changes = mode === 'complete' ? changesOf(event) : splunk === null ? [] : [splunk]
    const kept = key === 'disabled' ? changes.filter((change) => isSwitchedOff(change, mode)) : changes
    return kept.map((change) => ({ ...event, ...change }))
  }
  const own = dataOf[event.EventCode] ?? {}
  const isMissing = (field: string): boolean =>
    field !== 'dest' &&
    field !== 'EventCode' &&
    (event[field as keyof Counted] === null || own[field as keyof Counted]?.replace(' ', '_') !== field)
  return mode === 'faithful' && by.some(isMissing) ? [] : [event]
}

/** The rows of a detection, counted one event after the other. */
export function countRows(
  events: Counted[],
  key: DetectionKey,
  mode: Params['mode'],
  ruleName: (ID: string) => string,
): CountedRow[] {
  const rows = new Map<string, CountedRow & { count: number; firstTime: number; lastTime: number }>()
  for (const event of events) {
    for (const found of resultRows(event, key, mode)) {
      const by = Object.fromEntries(detections[key].by.map((field) => [field, found[field] ?? 'NULL']))
      const text = JSON.stringify(by)
      const row = rows.get(text)
      if (row === undefined) {
        const ASR_Rule = ruleName(String(by.ID ?? by.ASR_ID))
        rows.set(text, { ...by, count: 1, firstTime: event.time, lastTime: event.time, ASR_Rule })
      } else {
        row.count += 1
        row.firstTime = Math.min(row.firstTime, event.time)
        row.lastTime = Math.max(row.lastTime, event.time)
      }
    }
  }
  return [...rows.values()]
}

/** Rows in one order, whatever the order of their columns, so that two countings can be compared. */
export const sorted = (rows: object[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()

/** Fails with the first few rows that only one side has, and how many there are. */
export function assertSameRows(actual: object[], expected: object[], label = ''): void {
  const [have, want] = [sorted(actual), sorted(expected)]
  const [inHave, inWant] = [new Set(have), new Set(want)]
  const extra = have.filter((row) => !inWant.has(row))
  const missing = want.filter((row) => !inHave.has(row))
  const counts = `${have.length} rows, ${want.length} expected; ${extra.length} too many, ${missing.length} missing`
  const first = JSON.stringify({ extra: extra.slice(0, 2), missing: missing.slice(0, 2) }, null, 1)
  assert.ok(have.length === want.length && extra.length + missing.length === 0, `${label}: ${counts}\n${first}`)
}

/** A made-up fleet's events of the ten codes. */
export const sampleEvents = (events = 3000, { dests = 30, days = 12 } = {}): SimulatedEvent[] => [
  ...simulate({ dests, days, seed: 11, others: 0, events }),
]

/** One store with some thousand simulated events, and the same events to be counted one by one. */
export function openSeededStore(count?: number) {
  const simulated = sampleEvents(count)
  const fixture = openFixture()
  // Two uploads, so that totals are added to and not only made.
  const half = Math.floor(simulated.length / 2)
  fixture.add(simulated.slice(half).map(readEvent))
  fixture.add(simulated.slice(0, half).map(readEvent))
  const rules = ruleRows(fixture.writer.db)
  const texts = new Map(rules.map(({ ID, ASR_Rule, short }) => [ID, [ASR_Rule, short]]))
  const ruleTexts = (ID: string): string[] => texts.get(ID) ?? []
  return { ...fixture, events: simulated.map(counted), ruleTexts, ruleName: (ID: string) => ruleTexts(ID)[0] ?? 'NULL' }
}

const features: Record<number, [key: string, name: string]> = {
  1121: ['asr', 'ASR rule'],
  1122: ['asr', 'ASR rule'],
  1129: ['asr', 'ASR rule'],
  1125: ['network', 'Network protection'],
  1126: ['network', 'Network protection'],
  1131: ['policy', 'Other Defender policy and endpoint DLP'],
  1132: ['policy', 'Other Defender policy and endpoint DLP'],
  1133: ['policy', 'Other Defender policy and endpoint DLP'],
  1134: ['policy', 'Other Defender policy and endpoint DLP'],
  5007: ['configuration', 'Configuration'],
}

const textFields = ['ID', 'Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline', 'User'] as const

/** Whether a text fits a pattern with `*` in it, without regard to case: each part is taken as early as it can be. */
function fitsPattern(pattern: string, text: string): boolean {
  const parts = pattern.startsWith('=') ? [pattern.slice(1)] : pattern.split('*')
  let rest = text.toLowerCase()
  for (const [index, part] of parts.entries()) {
    const lower = part.toLowerCase()
    const at = index > 0 && index === parts.length - 1 ? rest.length - lower.length : rest.indexOf(lower)
    if (at < 0 || (index === 0 && at !== 0) || !rest.startsWith(lower, at)) return false
    rest = rest.slice(at + lower.length)
  }
  return rest === ''
}

const textsOf = (event: Counted, field: string): string[] => {
  if (field === 'feature') return features[event.EventCode] ?? []
  return [String(event[field as keyof Counted] ?? 'NULL')]
}

type Query = {
  from: number
  to: number
  filters: [field: string, included: string[], excluded: string[]][]
  q: string | null
}

const queries = new Map<string, Query>()

/** A query string taken apart, once for all the events that are compared with it. */
function queryOf(text: string): Query {
  const known = queries.get(text)
  if (known !== undefined) return known
  const search = new URLSearchParams(text)
  const time = (name: string, open: number) => (search.has(name) ? Date.parse(search.get(name) ?? '') : open)
  const filters = ['dest', 'EventCode', 'feature', ...textFields].map((field): Query['filters'][number] => {
    const written = search.getAll(field).filter((pattern) => pattern !== '')
    const excluded = written.filter((pattern) => pattern.startsWith('!'))
    return [field, written.filter((pattern) => !pattern.startsWith('!')), excluded.map((pattern) => pattern.slice(1))]
  })
  const query = {
    from: time('from', Number.NEGATIVE_INFINITY),
    to: time('to', Number.POSITIVE_INFINITY),
    filters,
    q: search.get('q'),
  }
  queries.set(text, query)
  return query
}

/** Whether an event fits the filters, the free text and the range of a query string, field by field. */
export function fitsQuery(event: Counted, text: string, ruleTexts: (ID: string) => string[] = () => []): boolean {
  const { from, to, filters, q } = queryOf(text)
  if (event.time < from || event.time > to) return false
  for (const [field, included, excluded] of filters) {
    if (included.length + excluded.length === 0) continue
    const fits = (pattern: string) => textsOf(event, field).some((each) => fitsPattern(pattern, each))
    if ((included.length > 0 && !included.some(fits)) || excluded.some(fits)) return false
  }
  if (q === null) return true
  const found = [
    event.dest,
    String(event.EventCode),
    ...(features[event.EventCode] ?? []),
    ...textFields.map((field) => event[field]),
    event.Old_Value,
    event.New_Value,
    ...ruleTexts(event.ID ?? ''),
  ]
  return found.some((each) => each !== null && fitsPattern(`*${q}*`, each))
}

const hourLength = 3_600_000

/** Risk events of some events: the result rows that an hourly search would have had in each clock hour. */
export function countRiskEvents(
  events: Counted[],
  key: DetectionKey,
  mode: Params['mode'],
  ruleName: (ID: string) => string,
): CountedRow[] {
  const hours = Map.groupBy(events, ({ time }) => Math.floor(time / hourLength))
  return [...hours.values()].flatMap((hour) => countRows(hour, key, mode, ruleName))
}

const asks = (reads: Reads, params: Params): Promise<Question> => ask(reads, params, Date.now())

/** What the queries answer to parameters now. */
export const detectionOf = async (reads: Reads, key: DetectionKey, params: Params) =>
  selectDetection(reads, key, await asks(reads, params))
export const eventsOf = async (reads: Reads, params: Params) => selectEvents(reads, await asks(reads, params))
export const hostsOf = async (reads: Reads, params: Params) => selectHosts(reads, await asks(reads, params))
export const hostOf = async (reads: Reads, dest: string, params: Params) =>
  selectHost(reads, dest, await asks(reads, params))
export const rulesOf = async (reads: Reads, params: Params) => selectRules(reads, await asks(reads, params))
export const ruleOf = async (reads: Reads, ID: string, params: Params) =>
  selectRule(reads, ID, await asks(reads, params))
export const riskOf = async (reads: Reads, params: Params) => selectRiskPage(reads, await asks(reads, params))
export const riskOfHost = async (reads: Reads, dest: string, params: Params) =>
  selectRiskOf(reads, await asks(reads, ofDest(params, dest)))
export const valuesOf = (reads: Reads, table: ValueTable, field: FilterField, params: Params) =>
  selectValues(reads, params, Date.now(), { table, field, find: 'a', limit: valuesAtOnce })
export const timelineOf = async (reads: Reads, params: Params, bucket?: Bucket) =>
  selectTimeline(reads, await asks(reads, params), bucket)
export const overviewOf = async (reads: Reads, query = '') =>
  selectOverview(reads, await asks(reads, paramsOf('events', query)))
export const wallOf = (reads: Reads, anchor: Params['anchor']) => selectWall(reads, { anchor }, Date.now())
export async function* detectionRowsOf(reads: Reads, key: DetectionKey, params: Params) {
  yield* streamDetection(reads, key, await asks(reads, params))
}
export async function* eventRowsOf(reads: Reads, params: Params) {
  yield* streamEvents(reads, await asks(reads, params))
}

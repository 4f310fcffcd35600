import { codes, featureNames, type Mode } from '#lib/asr/codes.ts'
import { detections } from '#lib/asr/detections.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { eventKey } from '#lib/asr/event-key.ts'
import { allRules } from '#lib/asr/registry.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { type StackRow, stacksOf } from '#lib/asr/stacks.ts'
import { loggedSections, prepareEvent } from '#lib/model/prepare.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { filterFields } from '#lib/params/params.ts'
import { fits, type Pattern } from '#lib/params/pattern.ts'
import { readRules } from '../lookups.ts'
import type { Asked } from '../reads.ts'
import { compare } from '../testing-order.ts'

export const rules = readRules(null)

/** A result row that events are counted in. `isComplete`: complete mode of each of its detections has it. */
function stackOf(stack: StackRow) {
  const { by } = detections[stack.family]
  const fields = new Map(by.map((field, place) => [field, stack.by[place] ?? null]))
  const rule = fields.get('ID') ?? fields.get('ASR_ID') ?? null
  const isDisabled = stack.detection === detections.disabled.number
  const ASR_Rule = isDisabled && rule === null ? allRules : (rules.get(rule ?? '')?.ASR_Rule ?? 'NULL')
  return { ...stack, key: stackKey(by, stack.by), fields, rule, ASR_Rule, isComplete: !isDisabled || stack.disabled }
}

/** Makes an event of a log a stored one. `ordinals`: how many events of the log with the same content came before. */
export function storedOf(logged: LoggedEvent, ordinals: Map<string, number>, upload: string, format: string) {
  const event = prepareEvent(logged)
  const { changes, hash, recordId: EventRecordID, time: _time, ...canonical } = event
  const ordinal = hash === null ? null : (ordinals.get(hash) ?? 0)
  if (hash !== null) ordinals.set(hash, (ordinal ?? 0) + 1)
  const stacks = stacksOf(event).map(stackOf)
  const exclusions = [...new Set(stacks.flatMap(({ exclusion }) => exclusion ?? []))].sort(compare)
  const ASR_Rule = rules.get(event.ID ?? '')?.ASR_Rule ?? null
  const own = { ASR_Rule, EventRecordID, Exclusion: exclusions.join('|') || null, upload }
  const row: EventRow = { id: eventKey({ ...event, ordinal }), ...canonical, _time, ...own }
  const stack = stacks.find(({ family }) => family === 'stacking')?.key ?? ''
  const sections = loggedSections(logged)
  const fields = sections.flatMap(([section, of]) => of.map(([name, value]) => ({ section, name, value })))
  return { row, stacks, detail: { ...row, format, stack, fields } }
}
export type Stored = ReturnType<typeof storedOf>

/** What is logged in a field that can be filtered; none if nothing is. */
function textsOf(row: EventRow, field: string): string[] {
  const feature = codes[row.EventCode]?.feature ?? 'asr'
  if (field === 'feature') return [feature, featureNames[feature]]
  return [row[field as keyof EventRow] ?? []].flat().map(String)
}

type Fitting = Pick<Asked, 'filter' | 'range'>

/** Whether an event is in the range and fits the filter, as one of a rule: that of its row in a table of changes. */
export function isFit(event: Stored, { filter: { fields, text, stack }, range }: Fitting, ID = event.row.ID): boolean {
  const row = { ...event.row, ID }
  if (row._time < (range.from ?? -Infinity) || row._time > (range.to ?? Infinity)) return false
  if (stack !== null && event.stacks.every(({ key }) => key !== stack)) return false
  const hasFields = Object.entries(fields).every(([field, patterns]) => {
    const logged = textsOf(row, field)
    const has = (pattern: Pattern) => (logged.length === 0 ? ['NULL'] : logged).some((each) => fits(pattern, each))
    const included = patterns.filter(({ exclude }) => !exclude)
    return (included.length === 0 || included.some(has)) && !patterns.some((each) => each.exclude && has(each))
  })
  if (!hasFields || text === null) return hasFields
  const names = [ID, event.row.ID].flatMap((id) => rules.get(id ?? '') ?? [])
  const texts = [...filterFields, 'Old_Value', 'New_Value'].flatMap((field) => textsOf(row, field))
  return [...texts, ...names.flatMap(({ ASR_Rule, short }) => [ASR_Rule, short])].some((each) => fits(text, each))
}

/** The events that fit a filter, in its range and stack. */
export const fitting = (all: readonly Stored[], asked: Fitting): Stored[] => all.filter((event) => isFit(event, asked))

/** Each event once for each result row of some detections that it is counted in, with this one alone. */
export const hitsOf = (events: readonly Stored[], numbers: readonly number[]) =>
  events
    .flatMap((event) => event.stacks.map((stack) => ({ ...event, stacks: [stack], stack })))
    .filter(({ stack }) => numbers.includes(stack.detection))
export type Hit = ReturnType<typeof hitsOf>[number]

/** Counts of events by mode, of hosts and of rules, and the times of the first and the last. */
export function sumsOf(events: readonly Stored[]) {
  const ofMode = (mode: Mode) => events.filter(({ row }) => codes[row.EventCode]?.mode === mode).length
  const distinct = (field: 'dest' | 'ID') => new Set(events.flatMap(({ row }) => row[field] ?? [])).size
  const times = events.map(({ row }) => row._time)
  return {
    ...{ events: events.length, blocked: ofMode('block'), audited: ofMode('audit'), overridden: ofMode('override') },
    ...{ changed: ofMode('configuration'), dests: distinct('dest'), rules: distinct('ID') },
    ...{ firstTime: Math.min(...times), lastTime: Math.max(...times) },
  }
}

/** Groups of events with the same key: the first of each, and the sums of all. */
export const groupsOf = <Each extends Stored>(all: readonly Each[], keyOf: (each: Each) => unknown) =>
  [...Map.groupBy(all, keyOf).values()].map((of) => ({ ...(of[0] as Each), of, sums: sumsOf(of) }))

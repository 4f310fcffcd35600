import { codes, featureNames, type Mode } from '#lib/asr/codes.ts'
import { detections } from '#lib/asr/detections.ts'
import { eventKey } from '#lib/asr/event-key.ts'
import { allRules } from '#lib/asr/registry.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { type StackRow, stacksOf } from '#lib/asr/stacks.ts'
import type { PreparedEvent } from '#lib/model/event.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { filterFields } from '#lib/params/params.ts'
import { fits, type Pattern } from '#lib/params/pattern.ts'
import { readRules } from '../lookups.ts'
import type { Asked } from '../reads.ts'

export const rules = readRules(null)

/** A result row that events are counted in. `isComplete`: complete mode of each of its detections has it. */
export type Stack = StackRow & { key: string; rule: string | null; ASR_Rule: string; isComplete: boolean }

/** A stored event: its row in a list, and the result rows it is counted in. */
export type Stored = { row: EventRow; stacks: Stack[] }

/** Makes a prepared event of an upload a stored one. `ordinal` is its place among equals in its log. */
export function storedOf(event: PreparedEvent, ordinal: number | null, upload: string): Stored {
  const { changes, hash, recordId: EventRecordID, time: _time, ...fields } = event
  const stacks = stacksOf(event).map((stack): Stack => {
    const { by } = detections[stack.family]
    const rule = stack.by[by.findIndex((field) => field === 'ID' || field === 'ASR_ID')] ?? null
    const isDisabled = stack.detection === detections.disabled.number
    const ASR_Rule = isDisabled && rule === null ? allRules : (rules.get(rule ?? '')?.ASR_Rule ?? 'NULL')
    return { ...stack, key: stackKey(by, stack.by), rule, ASR_Rule, isComplete: !isDisabled || stack.disabled }
  })
  const excluded = [...new Set(stacks.flatMap(({ exclusion }) => exclusion ?? []))].sort(compare).join('|')
  const ASR_Rule = rules.get(event.ID ?? '')?.ASR_Rule ?? null
  const id = eventKey({ ...event, ordinal })
  return { row: { id, ...fields, _time, ASR_Rule, EventRecordID, Exclusion: excluded || null, upload }, stacks }
}

const shown = (value: string | number | null): string[] => (value === null ? [] : [String(value)])

/** What is logged in a field that can be filtered; none if nothing is. */
function textsOf(row: EventRow, field: string): string[] {
  const feature = codes[row.EventCode]?.feature ?? 'asr'
  return field === 'feature' ? [feature, featureNames[feature]] : shown(row[field as 'Path'])
}

/** Whether a row fits the filter: its fields, of which a missing one is NULL, and the text in one of them or in its rule. */
function isFit(row: EventRow, { fields, text }: Asked['filter'], furtherRules: (string | null)[]): boolean {
  const names = [row.ID, ...furtherRules].flatMap((ID) => rules.get(ID ?? '') ?? [])
  const inNames = names.flatMap(({ ASR_Rule, short }) => [ASR_Rule, short])
  const all = () => [
    ...filterFields.flatMap((field) => textsOf(row, field)),
    ...[row.Old_Value, row.New_Value].flatMap(shown),
  ]
  const hasFields = Object.entries(fields).every(([field, patterns]) => {
    const logged = textsOf(row, field)
    const has = (pattern: Pattern) => (logged.length === 0 ? ['NULL'] : logged).some((each) => fits(pattern, each))
    const included = patterns.filter(({ exclude }) => !exclude)
    return (included.length === 0 || included.some(has)) && !patterns.some((each) => each.exclude && has(each))
  })
  return hasFields && (text === null || [...all(), ...inNames].some((each) => fits(text, each)))
}

export type Fitting = Pick<Asked, 'filter' | 'range'>
export type Hit = { event: Stored; stack: Stack }

const isWithin = ({ row, stacks }: Stored, { filter: { stack }, range: { from, to } }: Fitting): boolean =>
  (from === null || row._time >= from) &&
  (to === null || row._time <= to) &&
  (stack === null || stacks.some(({ key }) => key === stack))

/** The events that fit a filter, in its range and stack. */
export const fitting = (all: readonly Stored[], asked: Fitting): Stored[] =>
  all.filter((event) => isWithin(event, asked) && isFit(event.row, asked.filter, []))

/** The result rows of some detections with each of their events that fit. Of a change, its own rule is filtered by. */
export const hitsOf = (all: readonly Stored[], asked: Fitting, numbers: readonly number[]): Hit[] =>
  all
    .filter((event) => isWithin(event, asked))
    .flatMap((event) => event.stacks.map((stack) => ({ event, stack })))
    .filter(({ stack }) => numbers.includes(stack.detection) && [null, stack.key].includes(asked.filter.stack))
    .filter(({ event: { row }, stack: { rule } }) => isFit({ ...row, ID: rule }, asked.filter, [row.ID]))

/** Counts of events by mode, of hosts and of rules, and the times of the first and the last. */
export function sumsOf(events: readonly Stored[]) {
  const ofMode = (mode: Mode) => events.filter(({ row }) => codes[row.EventCode]?.mode === mode).length
  const distinct = (field: 'dest' | 'ID') => new Set(events.flatMap(({ row }) => row[field] ?? [])).size
  const times = events.map(({ row }) => row._time)
  const modes = {
    blocked: ofMode('block'),
    audited: ofMode('audit'),
    overridden: ofMode('override'),
    changed: ofMode('configuration'),
  }
  const span = { firstTime: Math.min(...times), lastTime: Math.max(...times) }
  return { events: events.length, ...modes, dests: distinct('dest'), rules: distinct('ID'), ...span }
}

/** Compares numbers by size and texts by their code points; null comes first, and lists are compared item by item. */
export function compare(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return a.map((each, place) => compare(each, b[place])).find(Boolean) ?? 0
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
}

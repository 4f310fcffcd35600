import { dayLength } from '#lib/asr/hours.ts'
import type { StackColumn } from '#lib/hunting/definition.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { StackAsked } from '#lib/store/reads.ts'
import type { Condition } from '../reads/condition.ts'
import type { openDeciding } from './deciding.ts'
import type { openFilters } from './filters.ts'
import type { openGroupings } from './groupings.ts'
import { type Groups, groupsOf } from './groups.ts'
import { at, type Listed, listed } from './list.ts'
import { type Part, partsOf, type Reading } from './parts.ts'
import { type Selection, type Since, type Span, selectEvents } from './selection.ts'
import { type Count, type Counting, countRows, type Numbers } from './sums.ts'

/** What is asked of the columns: a question about stacks, with its filter as SQL. */
export type ColumnsAsked = Pick<StackAsked, 'by' | 'groups' | 'since' | 'decisions' | 'hides' | 'range'> & {
  filter: Condition
  /** Only events of these codes; null means all. */
  codes: readonly number[] | null
}

/** Counts of every group. Those that decide what is on a page are counted at once, the others if stacks are sorted by them. */
export type Sums = Record<'events' | 'hosts' | 'before' | 'newHosts', Numbers> & {
  of(name: Count): Promise<Numbers>
  /** Bytes of what is kept. */
  bytes(): number
}

/** The stacks of a question, counted. Nothing in it changes later. */
export type Counted = {
  parts: readonly Part[]
  /** The number of the value of a group in a field, by the place of the field. */
  numberOf(at: number, group: number): number
  groups: Groups
  sums: Sums
  selection: Selection
  counting: Counting
  /** The decision of each event, plus one; null if there are none. */
  decided: Uint32Array | null
  /** Events a day since, divided by events a day before; NaN if there are none before. Null if nothing separates them. */
  ratio: Float64Array | null
  /** Sort ranks by group, for each field that was sorted by. */
  ranks: Map<StackColumn, Uint32Array>
  /** Rows that were made, by group, with the reporting hosts that their share is of. */
  rows: Map<number, { row: StackRow; reportingHosts: number }>
}

export type Caches = {
  filter: ReturnType<typeof openFilters>
  decide: ReturnType<typeof openDeciding>
  groupings: ReturnType<typeof openGroupings>
}

/** Days that events span, at least one. */
export const daysOf = ({ first, last }: Span): number => Math.max(1, first > last ? 0 : (last - first) / dayLength)

/** Returns the events of a question and the decision of each. */
export async function select(reading: Reading, asked: ColumnsAsked, since: Since, { filter, decide }: Caches) {
  const { columns, source, pace } = reading
  const isFit = await filter(columns, source, pace, asked.filter)
  const decided = await decide(reading, asked.decisions)
  return { decided, selection: await selectEvents(reading, asked, since, isFit, decided) }
}

function ratiosOf({ events, before }: Sums, selection: Selection): Float64Array {
  const [daysBefore, daysSince] = [daysOf(selection.spans.before), daysOf(selection.spans.since)]
  const ratios = new Float64Array(events.length)
  for (let group = 0; group < events.length; group++) {
    const old = before[group] as number
    const now = (events[group] as number) - old
    ratios[group] = old > 0 ? now / daysSince / (old / daysBefore) : Number.NaN
  }
  return ratios
}

/** Returns what is counted of every group, with what decides a page counted. */
async function sumsOf(counting: Counting, all: Listed, { events }: Groups): Promise<Sums> {
  const known = new Map<Count, Numbers>([['events', events]])
  async function of(name: Count): Promise<Numbers> {
    const found = known.get(name)
    if (found !== undefined || name === 'events') return found ?? events
    const numbers = (await countRows(counting, all, [name])).get(name) as Numbers
    known.set(name, numbers)
    // Lists of all events are 12 bytes for each, which would be kept as long as what was counted of them.
    all.forget()
    return numbers
  }
  const bytes = (): number => [...known.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
  return { events, hosts: await of('hosts'), before: await of('before'), newHosts: await of('newHosts'), of, bytes }
}

/** Returns how the number of the value of a group in a field is looked up. */
function lookUp({ columns }: Reading, { of, first }: Groups, parts: readonly Part[]): Counted['numberOf'] {
  // The stack of an event that is removed later is not forgotten: an export goes on with it.
  const stacks = of === 'stack' ? first : at(columns.events.stack, first)
  return (field, group) => {
    const part = parts[field] as Part
    return part.numbers[(part.of === 'stack' ? stacks : first)[group] as number] as number
  }
}

/** Counts the stacks of a question. */
export async function countStacks(
  reading: Reading,
  asked: ColumnsAsked,
  since: Since,
  caches: Caches,
): Promise<Counted> {
  const { decided, selection } = await select(reading, asked, since, caches)
  const parts = await partsOf(reading, asked.by)
  const groups = await groupsOf(reading, caches.groupings, parts, selection)
  const counting = { reading, by: asked.by, selection, isSplit: since !== null }
  const all = listed(reading, groups, selection, null, selection.events - selection.hidden)
  const sums = await sumsOf(counting, all, groups)
  return {
    ...{ parts, groups, sums, selection, counting, decided },
    numberOf: lookUp(reading, groups, parts),
    ratio: since === null ? null : ratiosOf(sums, selection),
    ...{ ranks: new Map(), rows: new Map() },
  }
}

/** Bytes of what a counted question keeps. */
export const bytesOf = ({ groups, selection, decided, ratio, sums, ranks }: Counted): number =>
  [
    ...[groups.numbers, groups.first, selection.states, selection.shown, selection.before],
    ...[decided, ratio, ...ranks.values()],
  ].reduce((sum, each) => sum + (each?.byteLength ?? 0), sums.bytes())

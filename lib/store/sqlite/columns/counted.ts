import { dayLength } from '#lib/asr/hours.ts'
import type { StackColumn } from '#lib/hunting/definition.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { StackAsked } from '#lib/store/reads.ts'
import type { Condition } from '../reads/condition.ts'
import type { openDeciding } from './deciding.ts'
import type { openFilters } from './filters.ts'
import { countHidden, type Groups, gatherGroups, groupEvents } from './groups.ts'
import { type Part, partsOf, type Reading } from './parts.ts'
import { type Selection, type Since, type Span, selectEvents } from './selection.ts'
import { type Sums, sumGroups } from './sums.ts'

/** What is asked of the columns: a question about stacks, with its filter as SQL. */
export type ColumnsAsked = Pick<StackAsked, 'by' | 'groups' | 'since' | 'decisions' | 'hides' | 'range'> & {
  filter: Condition
  /** Only events of these codes; null means all. */
  codes: readonly number[] | null
}

/** The stacks of a question, counted. Nothing in it changes later. */
export type Counted = {
  parts: readonly Part[]
  /** The numbers of the values of each group, by field. */
  values: readonly Uint32Array[]
  groups: Groups
  sums: Sums
  selection: Selection
  hidden: { stacks: number; events: number; dispositions: number }
  /** The decision of each event, plus one; null if there are none. */
  decided: Uint32Array | null
  /** Events a day since, divided by events a day before; NaN if there are none before. Null if nothing separates them. */
  ratio: Float64Array | null
  /** Numbers that are in the order of the values of a field, by group: of fields that were sorted by. */
  ranks: Map<StackColumn, Uint32Array>
  /** Rows that were made, by group, with the reporting hosts that their share is of. */
  rows: Map<number, { row: StackRow; reportingHosts: number }>
}

export type Caches = { filter: ReturnType<typeof openFilters>; decide: ReturnType<typeof openDeciding> }

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
  const [daysBefore, daysSince] = [daysOf(selection.before), daysOf(selection.since)]
  const ratios = new Float64Array(events.length)
  for (let group = 0; group < events.length; group++) {
    const old = before[group] as number
    const now = (events[group] as number) - old
    ratios[group] = old > 0 ? now / daysSince / (old / daysBefore) : Number.NaN
  }
  return ratios
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
  const numbers = await groupEvents(reading, parts, selection.states)
  const groups = await gatherGroups(reading, numbers, selection)
  const sums = await sumGroups(reading, asked.by, selection, groups, since !== null)
  const { stack } = reading.columns.events
  const values = parts.map((part) => {
    const own = new Uint32Array(groups.count)
    for (let group = 0; group < groups.count; group++) {
      const place = groups.order[groups.starts[group] as number] as number
      own[group] = part.numbers[part.of === 'stack' ? (stack[place] as number) : place] as number
    }
    return own
  })
  const hidden = { events: selection.hidden, ...countHidden(numbers, selection, decided) }
  return {
    parts,
    values,
    groups,
    sums,
    selection,
    hidden,
    decided,
    ratio: since === null ? null : ratiosOf(sums, selection),
    ranks: new Map(),
    rows: new Map(),
  }
}

/** Bytes of what a counted question keeps. */
export const bytesOf = ({ groups, values, selection, decided, ratio, sums, ranks }: Counted): number =>
  [groups.starts, groups.order, ...values, selection.states, decided, ratio, ...ranks.values()].reduce(
    (sum, each) => sum + (each?.byteLength ?? 0),
    sums.bytes(),
  )

import { stackKey } from '#lib/asr/stack-key.ts'
import type { AppliedDecision, Disposition } from '#lib/hunting/decision.ts'
import type { By } from '#lib/hunting/definition.ts'
import { formVersion } from '#lib/hunting/forms/rules.ts'
import { hintsOfMask } from '#lib/hunting/hints/hints.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { ColumnsAsked, Counted } from './counted.ts'
import { shareOf } from './order.ts'
import type { Reading } from './parts.ts'
import type { openHintMasks } from './text-masks.ts'

/** Parts that a spark has. */
const sparkParts = 24

/** Returns the key of a stack by its fields and their values. Without a step that merges, it is that of a detection's row. */
export function keyOf(by: readonly By[], values: readonly (string | null)[]): string {
  const isExact = by.every(({ step }) => step === 'exact')
  const level = isExact ? {} : { step: by.map(({ step }) => step).join(','), ruleVersion: formVersion }
  return stackKey(
    by.map(({ column }) => column),
    values,
    level,
  )
}

/** The values of a group, in the order of the fields. */
export const valuesOf = ({ parts, values }: Counted, group: number): (string | null)[] =>
  parts.map((part, at) => part.textOf((values[at] as Uint32Array)[group] as number))

/** What the rows of a question are made with. */
export type Making = {
  reading: Reading
  asked: Pick<ColumnsAsked, 'by' | 'range'> & { decisions: readonly Pick<AppliedDecision, 'disposition'>[] }
  counted: Counted
  reportingHosts: number
  hints: ReturnType<typeof openHintMasks>
  /** Names of rules by their GUID. */
  ruleNames: ReadonlyMap<string, string>
}

function sparkOf({ reading, asked: { range }, counted: { groups, selection } }: Making, group: number): number[] {
  const { time } = reading.columns.events
  const [first, last] = [range.from ?? selection.all.first, range.to ?? selection.all.last]
  const width = (last - first + 1) / sparkParts
  const spark = Array.from({ length: sparkParts }, () => 0)
  for (let at = groups.starts[group] as number; at < (groups.starts[group + 1] as number); at++) {
    const part = Math.floor(((time[groups.order[at] as number] as number) - first) / width)
    spark[part] = (spark[part] ?? 0) + 1
  }
  return spark
}

/** The dispositions of the events of a group, the most frequent first, null before those that are as frequent. */
function dispositionsOf({ asked: { decisions }, counted: { groups, decided, sums } }: Making, group: number) {
  if (decided === null) return [{ disposition: null, events: sums.events[group] as number }]
  const counts = new Map<Disposition | null, number>()
  for (let at = groups.starts[group] as number; at < (groups.starts[group + 1] as number); at++) {
    const decision = decided[groups.order[at] as number] as number
    const disposition = decisions[decision - 1]?.disposition ?? null
    counts.set(disposition, (counts.get(disposition) ?? 0) + 1)
  }
  return [...counts]
    .map(([disposition, events]) => ({ disposition, events }))
    .sort((a, b) => b.events - a.events || ((a.disposition ?? '') < (b.disposition ?? '') ? -1 : 1))
}

/** The hints of any event of a group, and whether its events have different ones. */
function hintsIn({ reading, counted: { groups }, hints }: Making, group: number) {
  const { columns, source } = reading
  const { stack, target } = columns.events
  let [mask, first, mixedHints] = [0, -1, false]
  for (let at = groups.starts[group] as number; at < (groups.starts[group + 1] as number); at++) {
    const place = groups.order[at] as number
    const own = hints.of(columns, source, stack[place] as number, target[place] as number)
    if (first === -1) first = own
    mixedHints ||= own !== first
    mask |= own
  }
  return { hints: hintsOfMask(mask), mixedHints }
}

/** The name of the rule, if ID is one of the fields and the rule has a name. */
const ruleNameOf = ({ asked, ruleNames }: Making, by: readonly (string | null)[]): string | null =>
  ruleNames.get(by[asked.by.findIndex(({ column }) => column === 'ID')] ?? '') ?? null

/** Makes the row of a group. */
export function rowOf(making: Making, group: number): StackRow {
  const { asked, counted, reportingHosts } = making
  const { sums, ratio } = counted
  const by = valuesOf(counted, group)
  const of = sums.ofGroup(group)
  const often = ratio?.[group] ?? Number.NaN
  return {
    ...{ stack: keyOf(asked.by, by), by, ASR_Rule: ruleNameOf(making, by), ...of },
    share: shareOf(of.hosts, reportingHosts),
    spark: sparkOf(making, group),
    ratio: Number.isNaN(often) ? null : often,
    ...hintsIn(making, group),
    dispositions: dispositionsOf(making, group),
  }
}

/** Rows that are kept of a question. */
const kept = 2000

/** Returns the row of a group, which is made once: a group can have millions of events. */
export function keptRow(making: Making, group: number): StackRow {
  const { counted, reportingHosts } = making
  const known = counted.rows.get(group)
  // A rule can be named at any time.
  if (known?.reportingHosts === reportingHosts) return { ...known.row, ASR_Rule: ruleNameOf(making, known.row.by) }
  const row = rowOf(making, group)
  if (counted.rows.size >= kept) counted.rows.clear()
  counted.rows.set(group, { row, reportingHosts })
  return row
}

import { stackKey } from '#lib/asr/stack-key.ts'
import type { AppliedDecision } from '#lib/hunting/decision.ts'
import type { By } from '#lib/hunting/definition.ts'
import { formVersion } from '#lib/hunting/forms/rules.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { ColumnsAsked, Counted } from './counted.ts'
import { dispositionsOf, hintsIn, sparksOf } from './details.ts'
import { listed } from './list.ts'
import { shareOf } from './order.ts'
import type { Reading } from './parts.ts'
import { type Count, countRows, counts } from './sums.ts'
import type { openHintMasks } from './text-masks.ts'

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
export const valuesOf = ({ parts, numberOf }: Counted, group: number): (string | null)[] =>
  parts.map((part, at) => part.textOf(numberOf(at, group)))

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

/** The name of the rule, if ID is one of the fields and the rule has a name. */
const ruleNameOf = ({ asked, ruleNames }: Making, by: readonly (string | null)[]): string | null =>
  ruleNames.get(by[asked.by.findIndex(({ column }) => column === 'ID')] ?? '') ?? null

/** What is counted of every group already, and what is not. */
const ofSums = ['events', 'hosts', 'before', 'newHosts'] as const
const notSums = counts.filter((name) => !ofSums.some((known) => known === name)) as Exclude<
  Count,
  (typeof ofSums)[number]
>[]

/** Makes the rows of groups. */
export async function rowsOf(making: Making, chosen: Uint32Array): Promise<StackRow[]> {
  const { reading, asked, counted, reportingHosts } = making
  const { groups, sums, selection, ratio, counting } = counted
  const inChosen = chosen.reduce((sum, group) => sum + (sums.events[group] as number), 0)
  const list = listed(reading, groups, selection, chosen, inChosen)
  const [spark, hints, dispositions] = [
    sparksOf(making, list.count),
    await hintsIn(making, list),
    dispositionsOf(making, list.count),
  ]
  const watches = [spark, hints, dispositions].flatMap((each) => (each === null ? [] : [each.watch]))
  const own = await countRows({ ...counting, reading }, list, notSums, watches)
  for (const name of ofSums)
    own.set(
      name,
      chosen.map((group) => sums[name][group] as number),
    )
  return Array.from(chosen, (group, row): StackRow => {
    const by = valuesOf(counted, group)
    const of = Object.fromEntries(counts.map((name) => [name, own.get(name)?.[row]])) as Record<Count, number>
    const often = ratio?.[group] ?? Number.NaN
    return {
      ...{ stack: keyOf(asked.by, by), by, ASR_Rule: ruleNameOf(making, by), ...of },
      share: shareOf(of.hosts, reportingHosts),
      spark: spark.of(row),
      ratio: Number.isNaN(often) ? null : often,
      ...hints.of(row),
      dispositions: dispositions?.of(row) ?? [{ disposition: null, events: of.events }],
    }
  })
}

/** Rows that are kept of a question. */
const kept = 2000

/** Returns the rows of groups, which are made once: a group can have millions of events. */
export async function keptRows(making: Making, chosen: Uint32Array): Promise<StackRow[]> {
  const { counted, reportingHosts } = making
  const missingOf = () => chosen.filter((group) => counted.rows.get(group)?.reportingHosts !== reportingHosts)
  if (counted.rows.size + missingOf().length > kept) counted.rows.clear()
  const missing = missingOf()
  const made = missing.length === 0 ? [] : await rowsOf(making, missing)
  for (const [at, group] of missing.entries()) counted.rows.set(group, { row: made[at] as StackRow, reportingHosts })
  return Array.from(chosen, (group) => {
    const { row } = counted.rows.get(group) as { row: StackRow }
    // A rule can be named at any time.
    return { ...row, ASR_Rule: ruleNameOf(making, row.by) }
  })
}

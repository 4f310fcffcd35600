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
import { type Count, countRows, counts, type Numbers } from './sums.ts'
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

/** Makes the rows of groups. */
export async function rowsOf(making: Making, chosen: Uint32Array): Promise<StackRow[]> {
  const { reading, asked, counted, reportingHosts } = making
  const { groups, sums, selection, ratio, counting } = counted
  const inChosen = chosen.reduce((sum, group) => sum + (sums.events[group] as number), 0)
  const list = listed(reading, groups, selection, chosen, inChosen)
  const own: [Count, Numbers][] = []
  for (const name of counts)
    own.push([
      name,
      name === 'events' || name === 'hosts' || name === 'before' || name === 'newHosts'
        ? chosen.map((group) => sums[name][group] as number)
        : await countRows({ ...counting, reading }, list, name),
    ])
  const [spark, hints, dispositions] = [
    await sparksOf(making, list),
    await hintsIn(making, list),
    await dispositionsOf(making, list),
  ]
  return Array.from(chosen, (group, row): StackRow => {
    const by = valuesOf(counted, group)
    const of = Object.fromEntries(own.map(([name, numbers]) => [name, numbers[row]])) as Record<Count, number>
    const often = ratio?.[group] ?? Number.NaN
    return {
      ...{ stack: keyOf(asked.by, by), by, ASR_Rule: ruleNameOf(making, by), ...of },
      share: shareOf(of.hosts, reportingHosts),
      spark: spark(row),
      ratio: Number.isNaN(often) ? null : often,
      ...hints(row),
      dispositions: dispositions?.(row) ?? [{ disposition: null, events: of.events }],
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

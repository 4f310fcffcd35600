import type { WallData } from '#lib/model/rows.ts'
import { lengthText } from '#lib/text/time.ts'

export type WarningKind = keyof WallData['warnings7d']
export type Warning = { kind: WarningKind; time: number; dest: string; words: string }
type Data = Pick<WallData, 'disabledRules' | 'weakenedRules' | 'clearedLogs' | 'stoppedHosts'>

/** What lowered protection, of a row of a configuration detection. */
type Lowered = { ASR_Rule: string; from: string; to: string; Exclusion?: string | null }

const setTo = (state: string, none: string): string => (state === 'NULL' ? none : state)

/** A change that disabled a rule or weakened protection as a short sentence; the wall has no raw values to say more. */
function changeWords({ ASR_Rule, from, to, Exclusion = null }: Lowered, rule: string): string {
  if (Exclusion !== null) {
    const paths = Exclusion.split('|')
    const where = ASR_Rule === 'NULL' ? '' : ` for ${rule}`
    return paths.length === 1
      ? `Exclusion added${where}: ${Exclusion}`
      : `Exclusions changed${where}: ${paths.join(', ')}`
  }
  if (from === 'NULL' && to === 'NULL') return `${ASR_Rule === 'NULL' ? 'Policy switch' : rule} turned off`
  return `${rule}: ${setTo(from, 'not set')} → ${setTo(to, 'removed')}`
}

/** Rules disabled, protection weakened, logs cleared and hosts that stopped sending in one list, the latest first. */
export function newestWarnings(data: Data, shorts: Record<string, string>): Warning[] {
  const ruleOf = (name: string): string => (name === 'NULL' ? 'Unknown rule' : (shorts[name] ?? name))
  const change =
    (kind: WarningKind) =>
    (row: Data['disabledRules'][number]): Warning => ({
      ...{ kind, time: row.time, dest: row.dest },
      words: changeWords(row, ruleOf(row.ASR_Rule)),
    })
  const all = [
    ...data.disabledRules.map(change('disabled')),
    ...data.weakenedRules.map(change('weakened')),
    ...data.clearedLogs.map(({ dest, time }): Warning => ({ kind: 'cleared', dest, time, words: 'Log cleared' })),
    ...data.stoppedHosts.map(
      ({ dest, time, until }): Warning => ({
        ...{ kind: 'stopped', dest, time },
        words: `No record for ${lengthText(until - time)}`,
      }),
    ),
  ]
  return all.sort((a, b) => b.time - a.time)
}

const nouns: Record<WarningKind, string> = {
  disabled: 'disabled',
  weakened: 'weakened',
  cleared: 'cleared',
  stopped: 'silent',
}

/** How many of each kind there were in seven days: `7 days: 5 disabled, 1 cleared`. */
export function warningSums(sums: WallData['warnings7d']): string {
  const some = (Object.keys(nouns) as WarningKind[]).filter((kind) => sums[kind] > 0)
  return `7 days: ${some.map((kind) => `${sums[kind]} ${nouns[kind]}`).join(', ') || 'none'}`
}

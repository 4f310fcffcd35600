import { changeWords } from '#components/overview/change-words.ts'
import type { WallData } from '#lib/model/rows.ts'
import { lengthText } from '#lib/text/time.ts'

export type WarningKind = keyof WallData['warnings7d']
export type Warning = { kind: WarningKind; time: number; dest: string; words: string }
type Data = Pick<WallData, 'disabledRules' | 'weakenedRules' | 'clearedLogs' | 'stoppedHosts'>

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

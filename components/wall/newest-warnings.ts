import type { WallData } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'
import { lengthText } from '#lib/text/time.ts'

export type WarningKind = keyof WallData['warnings7d']
export type Warning = { kind: WarningKind; time: number; dest: string; words: string }
type Data = Pick<
  WallData,
  'disabledRules' | 'weakenedRules' | 'clearedLogs' | 'stoppedHosts' | 'silences' | 'warnings7d'
>

/**
 * Returns rules disabled, protection weakened, logs cleared and where records are missing in one list of at most `most`, the
 * latest first. Of the silences within logs only the newest is shown, with their number, since hosts that are off at weekends have many.
 */
export function newestWarnings(data: Data, most: number): Warning[] {
  const change =
    (kind: WarningKind) =>
    ({ time, dest, words }: Data['disabledRules'][number]): Warning => ({ kind, time, dest, words })
  const others = [
    ...data.disabledRules.map(change('disabled')),
    ...data.weakenedRules.map(change('weakened')),
    ...data.clearedLogs.map(({ dest, time }): Warning => ({ kind: 'cleared', dest, time, words: 'Log cleared' })),
    ...data.stoppedHosts.map(
      ({ dest, time, until }): Warning => ({
        ...{ kind: 'stopped', dest, time },
        words: `No record for ${lengthText(until - time)}, to the end of its log`,
      }),
    ),
  ]
  const more = data.warnings7d.silence - 1
  const silences = data.silences.slice(0, 1).map(
    ({ dest, time, until }): Warning => ({
      ...{ kind: 'silence', dest, time },
      words: `No record for ${lengthText(until - time)}${more > 0 ? `, and ${countText(more)} more silences` : ''}`,
    }),
  )
  const latest = (a: Warning, b: Warning): number => b.time - a.time
  return [...others.sort(latest).slice(0, most - silences.length), ...silences].sort(latest)
}

/** The row of the newest silence says how many there are. */
const nouns: Record<Exclude<WarningKind, 'silence'>, string> = {
  disabled: 'disabled',
  weakened: 'weakened',
  cleared: 'cleared',
  stopped: 'stopped',
}

/** How many of each kind but silences there were in seven days: `7 days: 5 disabled, 1 cleared`. */
export function warningSums(sums: WallData['warnings7d']): string {
  const some = (Object.keys(nouns) as (keyof typeof nouns)[]).filter((kind) => sums[kind] > 0)
  return `7 days: ${some.map((kind) => `${countText(sums[kind])} ${nouns[kind]}`).join(', ') || 'none'}`
}

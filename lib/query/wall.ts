import { dayLength, hourLength, startOfHour } from '#lib/asr/hours.ts'
import type { DetectionRow, WallData } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { Params } from '#lib/params/params.ts'
import type { EventReads, FoundRows, Reads } from '#lib/store/reads.ts'
import { rowSentence, sentenceText } from '#lib/text/change.ts'
import { ruleText } from '#lib/text/rule.ts'
import { ask } from './question.ts'
import { selectLeftOut, selectRisk } from './risk.ts'
import { selectRules } from './rules.ts'
import { selectTimeline } from './timeline.ts'
import { selectGone, selectHostBreaks, selectLowered } from './warnings.ts'

/** Rows of each list on the wall: as many as can be read across a room. */
const few = 8

const changeOf = (row: DetectionRow, shorts: Map<string, string>) => ({
  time: row.lastTime,
  dest: row.dest,
  ASR_Rule: row.ASR_Rule,
  from: row.Old_Registry_Value ?? 'NULL',
  to: row.New_Registry_Value ?? 'NULL',
  words: sentenceText(rowSentence({ ...row, ASR_ID: row.ASR_ID ?? 'NULL' }, (ID) => ruleText(ID, shorts.get(ID)))),
})

/** Everything the wall shows. Its ranges end now, or at the newest event. `leftOut`: result rows whose risk does not count. */
export async function selectWall(
  reads: EventReads & Pick<Reads, 'newestUpload' | 'hostBreaks' | 'ruleNames'>,
  { anchor }: Pick<Params, 'anchor'>,
  now: number,
  leftOut: FoundRows | null = null,
): Promise<WallData> {
  const span = await reads.span()
  const { newest } = span
  const end = anchor === 'newest' ? (newest ?? now) : now
  const day = { from: end - dayLength, to: end }
  const week = { from: end - 7 * dayLength, to: end }
  const [today, hoursOfDay, weekOfRisk, soFar, inWeek] = await Promise.all([
    ask(reads, { ...defaultParams('rules'), ...day }, now, span),
    ask(reads, { ...defaultParams('rules'), ...day, from: startOfHour(day.from) + hourLength }, now, span),
    ask(reads, { ...defaultParams('risk'), ...week, limit: few }, now, span).then((asked) => ({ ...asked, leftOut })),
    ask(reads, { ...defaultParams('disabled'), to: end }, now, span),
    ask(reads, { ...defaultParams('disabled'), ...week }, now, span),
  ])
  const [last24h, last7d, hours, risk, rules, ever, lowered, gone, silences, rare, newestUpload, names, leftOutRisk] =
    await Promise.all([
      reads.counts(day),
      reads.counts(week),
      selectTimeline(reads, hoursOfDay, 'hour'),
      selectRisk(reads, weekOfRisk),
      selectRules(reads, today),
      selectLowered(reads, soFar, few),
      selectLowered(reads, inWeek, 1),
      selectGone(reads, { range: week, limit: few }),
      selectHostBreaks(reads, 'silence', { range: week, page: 1, limit: 1 }),
      reads.fleet({
        order: 'rarest',
        within: { time: 'any', after: week.from, to: end },
        page: { offset: 0, limit: few },
      }),
      reads.newestUpload(),
      reads.ruleNames(),
      selectLeftOut(reads, weekOfRisk),
    ])
  const shorts = new Map(names.map(({ ID, short }) => [ID, short]))
  return {
    at: now,
    newestEvent: newest,
    newestUpload: newestUpload?.createdAt ?? null,
    last24h,
    last7d,
    hours: hours.points,
    hostsByRisk: risk.rows.map(({ normalized_risk_object, score, previousScore, byDay }) => ({
      dest: normalized_risk_object,
      score,
      previousScore,
      byDay,
    })),
    leftOut: leftOutRisk,
    rulesFiring: rules
      .filter(({ events }) => events > 0)
      .slice(0, few)
      .map(({ ID, ASR_Rule, short, blocked, audited, dests }) => ({ ID, ASR_Rule, short, blocked, audited, dests })),
    disabledRules: ever.disabled.rows.map((row) => changeOf(row, shorts)),
    weakenedRules: ever.weakened.rows.map((row) => ({ ...changeOf(row, shorts), Exclusion: row.Exclusion ?? null })),
    clearedLogs: gone.cleared.rows,
    stoppedHosts: gone.stopped.rows,
    silences: silences.rows,
    warnings7d: {
      disabled: lowered.disabled.total,
      weakened: lowered.weakened.total,
      cleared: gone.cleared.total,
      stopped: gone.stopped.total,
      silence: silences.total,
    },
    rareStacks: rare.map(({ ID: _, EventCode: __, firstTime: ___, ...stack }) => stack),
  }
}

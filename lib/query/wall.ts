import { dayLength, hourLength, startOfHour } from '#lib/asr/hours.ts'
import type { WallData } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { Params } from '#lib/params/params.ts'
import type { EventReads, UploadReads } from '#lib/store/reads.ts'
import { selectDetection } from './detection.ts'
import { ask } from './question.ts'
import { selectRisk } from './risk.ts'
import { selectRules } from './rules.ts'
import { selectTimeline } from './timeline.ts'

/** Rows of each list on the wall: as many as can be read across a room. */
const few = 8

/** Everything the wall shows. Its ranges end now, or at the newest event. */
export async function selectWall(
  reads: EventReads & Pick<UploadReads, 'newestUpload'>,
  { anchor }: Pick<Params, 'anchor'>,
  now: number,
): Promise<WallData> {
  const span = await reads.span()
  const { newest } = span
  const end = anchor === 'newest' ? (newest ?? now) : now
  const day = { from: end - dayLength, to: end }
  const week = { from: end - 7 * dayLength, to: end }
  const [today, hoursOfDay, weekOfRisk, disabledSoFar] = await Promise.all([
    ask(reads, { ...defaultParams('rules'), ...day }, now, span),
    ask(reads, { ...defaultParams('rules'), ...day, from: startOfHour(day.from) + hourLength }, now, span),
    ask(reads, { ...defaultParams('risk'), ...week, limit: few }, now, span),
    ask(reads, { ...defaultParams('disabled'), to: end, limit: few }, now, span),
  ])
  const [last24h, last7d, hours, risk, rules, disabled, rare, newestUpload] = await Promise.all([
    reads.counts(day),
    reads.counts(week),
    selectTimeline(reads, hoursOfDay, 'hour'),
    selectRisk(reads, weekOfRisk),
    selectRules(reads, today),
    selectDetection(reads, 'disabled', disabledSoFar),
    reads.fleet({ order: 'rarest', within: { time: 'last', after: week.from, to: end }, limit: few }),
    reads.newestUpload(),
  ])
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
    rulesFiring: rules
      .filter(({ events }) => events > 0)
      .slice(0, few)
      .map(({ ID, ASR_Rule, short, blocked, audited, dests }) => ({ ID, ASR_Rule, short, blocked, audited, dests })),
    disabledRules: disabled.rows.map((row) => ({
      time: row.lastTime,
      dest: row.dest,
      ASR_Rule: row.ASR_Rule,
      from: row.Old_Registry_Value ?? 'NULL',
      to: row.New_Registry_Value ?? 'NULL',
    })),
    rareStacks: rare.map(({ ID: _, EventCode: __, firstTime: ___, ...stack }) => stack),
  }
}

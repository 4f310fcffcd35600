import { dayLength, startOfDay } from '#lib/asr/hours.ts'
import type { Overview } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { EventReads, UploadReads } from '#lib/store/reads.ts'
import { ask } from './question.ts'
import { selectRisk } from './risk.ts'
import { selectTimeline } from './timeline.ts'

/** Rows in each short table of the overview. */
const few = 8

/** Everything the first page says in one look. Risk and "new" end at the newest event, so that a log from the past shows too. */
export async function selectOverview(
  reads: EventReads & Pick<UploadReads, 'newestUpload'>,
  now: number,
): Promise<Overview> {
  const [totals, newestUpload, span] = await Promise.all([reads.totals(), reads.newestUpload(), reads.span()])
  const newest = totals.newestEvent ?? 0
  const wholeDays = { from: startOfDay(newest - 29 * dayLength), to: startOfDay(newest) + dayLength - 1 }
  const [month, week] = await Promise.all([
    ask(reads, { ...defaultParams('events'), ...wholeDays }, now, span),
    ask(reads, { ...defaultParams('risk'), anchor: 'newest', limit: few }, now, span),
  ])
  const [days, rarest, mostFrequent, risk, newStacks] = await Promise.all([
    selectTimeline(reads, month, 'day'),
    reads.fleet({ order: 'rarest', within: null, limit: few }),
    reads.fleet({ order: 'most-frequent', within: null, limit: few }),
    selectRisk(reads, week),
    reads.fleet({ order: 'new', within: { time: 'first', after: newest - dayLength, to: newest }, limit: few }),
  ])
  return {
    ...totals,
    newestUpload,
    days: totals.newestEvent === null ? [] : days.points,
    timeline: days,
    rarest,
    mostFrequent,
    hostsByRisk: risk.rows,
    newStacks,
  }
}

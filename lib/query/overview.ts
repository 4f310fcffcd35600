import { defaultParams } from '#lib/params/defaults.ts'
import type { Store } from '#lib/store/store.ts'
import { selectFleetStacks } from './fleet.ts'
import { selectRisk } from './risk.ts'
import type { Overview } from './rows.ts'
import { byMode, selectTimeline } from './timeline.ts'
import { selectNewestUpload } from './uploads.ts'
import { dayLength } from './window.ts'

/** Rows in each short table of the overview. */
const few = 8

type Sums = {
  events: number
  dests: number
  rules: number
  rulesKnown: number
  block: number
  audit: number
  override: number
  configuration: number
  firstTime: number | null
  newestEvent: number | null
}

async function selectSums(store: Store): Promise<Sums> {
  const [sums] = await store.all<Sums>(
    `SELECT coalesce(sum(count), 0) AS events, count(DISTINCT dest_id) AS dests,
       (SELECT count(DISTINCT r.ID) FROM dest_rule d JOIN text t ON t.id = d.rule_id JOIN asr_rule r ON r.ID = t.value) AS rules,
       (SELECT count(*) FROM asr_rule) AS rulesKnown, ${byMode('EventCode', 'count')},
       min(first_time) AS firstTime, max(last_time) AS newestEvent
     FROM dest_rule`,
  )
  if (sums === undefined) throw new Error('A sum gave no row.')
  return sums
}

/** Everything the first page says in one look. Risk and "new" end at the newest event, so that a log from the past shows too. */
export async function selectOverview(store: Store): Promise<Overview> {
  const events = defaultParams('events')
  const [sums, newestUpload] = await Promise.all([selectSums(store), selectNewestUpload(store)])
  const newest = sums.newestEvent ?? 0
  const month = { ...events, from: newest - 29 * dayLength, to: newest }
  const wholeDays = {
    ...month,
    from: Math.floor(month.from / dayLength) * dayLength,
    to: (Math.floor(newest / dayLength) + 1) * dayLength - 1,
  }
  const [days, rarest, mostFrequent, risk, newStacks] = await Promise.all([
    selectTimeline(store, wholeDays, 'day'),
    selectFleetStacks(store, { order: 'dests, count, last_time DESC', limit: few }),
    selectFleetStacks(store, { order: 'count DESC', limit: few }),
    selectRisk(store, { ...defaultParams('risk'), anchor: 'newest', limit: few }),
    selectFleetStacks(store, {
      where: 'first_time > ?',
      values: [newest - dayLength],
      order: 'dests, first_time DESC',
      limit: few,
    }),
  ])
  const { block: blocked, audit: audited, override: overridden, configuration: changed, ...rest } = sums
  return {
    ...rest,
    blocked,
    audited,
    overridden,
    changed,
    newestUpload,
    days: sums.newestEvent === null ? [] : days.points,
    timeline: days,
    rarest,
    mostFrequent,
    hostsByRisk: risk.rows,
    newStacks,
  }
}

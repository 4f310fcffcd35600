import { detections } from '#lib/asr/detections.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { selectDetection } from './detection.ts'
import { selectFleetStacks } from './fleet.ts'
import { selectRisk } from './risk.ts'
import type { WallData } from './rows.ts'
import { selectRules } from './rules.ts'
import { byMode, selectTimeline } from './timeline.ts'
import { selectNewestUpload } from './uploads.ts'
import { dayLength, dayOf, hourLength, hourOf, newestEvent } from './window.ts'

/** Rows of each list on the wall: as many as can be read across a room. */
const few = 8

type Counts = WallData['last24h']

/** Events by mode and the dests they are of: whole hours from the rollups, the cut ones event by event. Of an hour at least. */
async function selectCounts(store: Store, from: number, to: number): Promise<Counts> {
  const [first, last] = [hourOf(from), hourOf(to)]
  const days = Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, index) => dayOf(from) + index)
  const [[sums], [dests]] = await Promise.all([
    store.all<{ block: number; audit: number; override: number; configuration: number; events: number }>(
      `SELECT ${byMode('EventCode', 'count')}, coalesce(sum(count), 0) AS events FROM (
         SELECT EventCode, count FROM hour_rule WHERE hour > ? AND hour < ?
         UNION ALL SELECT EventCode, 1 FROM event WHERE time >= ? AND time < ?
         UNION ALL SELECT EventCode, 1 FROM event WHERE time >= ? AND time <= ?)`,
      [first, last, from, (first + 1) * hourLength, last * hourLength, to],
    ),
    // An hour of a stack that reaches into the range has an event in it, since it is shorter than the range.
    store.all<{ dests: number }>(
      `SELECT count(*) AS dests FROM dest WHERE EXISTS (
         SELECT 1 FROM stack_hour h WHERE h.detection IN (${detections.stacking.numbers.join(', ')})
           AND h.day IN (${days.join(', ')}) AND h.dest_id = dest.id AND h.last_time >= ? AND h.first_time <= ?)`,
      [from, to],
    ),
  ])
  const { events = 0, block = 0, audit = 0, override = 0, configuration = 0 } = sums ?? {}
  return {
    events,
    dests: dests?.dests ?? 0,
    blocked: block,
    audited: audit,
    overridden: override,
    changed: configuration,
  }
}

/** Returns a text that changes when events are stored or removed. It is read much faster than the figures. */
export async function selectWallVersion(store: Store): Promise<string> {
  const [row] = await store.all<{ version: string }>(
    "SELECT count(*) || ' ' || coalesce(sum(stored), 0) || ' ' || coalesce(max(seq), 0) AS version FROM upload",
  )
  return row?.version ?? ''
}

/** Everything the wall shows. Its ranges end now, or at the newest event. */
export async function selectWall(store: Store, { anchor }: { anchor: Params['anchor'] }): Promise<WallData> {
  const at = Date.now()
  const newest = await newestEvent(store)
  const end = anchor === 'newest' ? (newest ?? at) : at
  const week: Params = { ...defaultParams('risk'), from: end - 7 * dayLength, to: end }
  const day: Params = { ...defaultParams('rules'), from: end - dayLength, to: end }
  const [last24h, last7d, hours, risk, rules, disabled, rare, newestUpload] = await Promise.all([
    selectCounts(store, end - dayLength, end),
    selectCounts(store, end - 7 * dayLength, end),
    selectTimeline(store, { ...day, from: Math.floor((end - dayLength) / hourLength + 1) * hourLength }, 'hour'),
    selectRisk(store, { ...week, limit: few }),
    selectRules(store, day),
    selectDetection(store, 'disabled', { ...defaultParams('disabled'), to: end, limit: few }),
    selectFleetStacks(store, {
      where: 'last_time > ? AND last_time <= ?',
      values: [end - 7 * dayLength, end],
      order: 'dests, count, last_time DESC',
      limit: few,
    }),
    selectNewestUpload(store),
  ])
  return {
    at,
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
    rareStacks: rare.map(({ ASR_Rule, Process_Name, Path, dests, count, lastTime }) => ({
      ASR_Rule,
      Process_Name,
      Path,
      dests,
      count,
      lastTime,
    })),
  }
}

import { codes, type Mode } from '#lib/asr/codes.ts'
import type { Params } from '#lib/params/params.ts'
import type { Store, Value } from '#lib/store/store.ts'
import { type Searched, search } from './found.ts'
import { inStacks } from './members.ts'
import { all } from './pattern.ts'
import type { Timeline, TimelinePoint } from './rows.ts'
import { type Columns, eventColumns, eventTexts, fieldsElsewhere, whereOf } from './where.ts'
import { dayLength, hourLength, hourOf, resolveWindow } from './window.ts'

const modes = Object.entries(codes)
/** Four sums over a column of codes, one per mode. */
export const byMode = (code: string, count: string): string =>
  (['block', 'audit', 'override', 'configuration'] satisfies Mode[])
    .map((mode) => {
      const found = modes.filter(([, each]) => each.mode === mode).map(([each]) => each)
      return `coalesce(sum(${count}) FILTER (WHERE ${code} IN (${found.join(', ')})), 0) AS ${mode}`
    })
    .join(', ')

/** Longest range drawn hour by hour. */
const hourly = 4 * dayLength

type Bucket = 'hour' | 'day'
const lengths: Record<Bucket, number> = { hour: hourLength, day: dayLength }

/** Points up to which empty buckets are drawn. */
const filled = 5000

/** Buckets in which nothing happened are points too, so that a gap in time looks like one; but not over centuries. */
function fill(points: TimelinePoint[], bucket: Bucket, first: number, last: number): TimelinePoint[] {
  const known = new Map(points.map((point) => [point.time, point]))
  const length = lengths[bucket]
  const start = Math.floor(first / length) * length
  const count = Math.floor((last - start) / length) + 1
  if (count > filled) return points
  return Array.from({ length: Math.max(count, 0) }, (_, index) => {
    const time = start + index * length
    return known.get(time) ?? { time, block: 0, audit: 0, override: 0, configuration: 0 }
  })
}

const byRule: Columns = { ID: 'rule_id', EventCode: 'EventCode', feature: 'EventCode' }

/** SQL of the points: from the hour rollup where whole hours and rules suffice, else from the events themselves. */
function pointsSql(
  params: Searched,
  from: number | null,
  to: number | null,
  length: number,
): { sql: string; values: Value[] } {
  const whole = (from === null || from % hourLength === 0) && (to === null || (to + 1) % hourLength === 0)
  if (whole && params.stack === null && params.q === null && fieldsElsewhere(params, byRule).length === 0) {
    const where = all([
      whereOf(params, byRule),
      ...(from === null ? [] : [{ sql: 'hour >= ?', values: [hourOf(from)] }]),
      ...(to === null ? [] : [{ sql: 'hour <= ?', values: [hourOf(to)] }]),
    ])
    const hours = length / hourLength
    const time = `(hour - ((hour % ${hours}) + ${hours}) % ${hours}) * ${hourLength}`
    return {
      sql: `SELECT ${time} AS time, ${byMode('EventCode', 'count')} FROM hour_rule WHERE ${where.sql} GROUP BY 1 ORDER BY 1`,
      values: where.values,
    }
  }
  const where = all([
    whereOf(params, eventColumns, eventTexts),
    ...(from === null ? [] : [{ sql: 'time >= ?', values: [from] }]),
    ...(to === null ? [] : [{ sql: 'time <= ?', values: [to] }]),
    ...(params.stacks ? [inStacks('id', params.stacks)] : []),
  ])
  return {
    sql: `SELECT time - ((time % ${length}) + ${length}) % ${length} AS time, ${byMode('EventCode', '1')}
      FROM event WHERE ${where.sql} GROUP BY 1 ORDER BY 1`,
    values: where.values,
  }
}

/** Events over time by mode, by hour up to four days and by day beyond where `bucket` does not say. */
export async function selectTimeline(store: Store, asked: Params, bucket?: Bucket): Promise<Timeline> {
  const params = await search(store, asked)
  const window = await resolveWindow(store, params)
  const unit = bucket ?? (await unitFor(store, window.from, window.to))
  const { sql, values } = pointsSql(params, window.from, window.to, lengths[unit])
  const points = await store.all<TimelinePoint>(sql, values)
  const first = window.from ?? points[0]?.time
  const last = window.to ?? points.at(-1)?.time
  if (first === undefined || last === undefined) return { bucket: unit, points: [] }
  return { bucket: unit, points: fill(points, unit, first, last) }
}

async function unitFor(store: Store, from: number | null, to: number | null): Promise<Bucket> {
  const [span] = await store.all<{ first: number | null; last: number | null }>(
    `SELECT min(hour) * ${hourLength} AS first, max(hour) * ${hourLength} AS last FROM hour_rule`,
  )
  return (to ?? span?.last ?? 0) - (from ?? span?.first ?? 0) <= hourly ? 'hour' : 'day'
}

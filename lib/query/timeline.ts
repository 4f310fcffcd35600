import { dayLength, hourLength, isStartOfHour, startOfHour } from '#lib/asr/hours.ts'
import type { Timeline, TimelinePoint } from '#lib/model/rows.ts'
import type { Bucket, EventReads } from '#lib/store/reads.ts'
import { asked, type Question, type Window } from './question.ts'
import { hourFields, isWithin } from './source.ts'

/** Longest range that is drawn hour by hour. */
const hourly = 4 * dayLength

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

const bucketOf = ({ from, to, oldest, newest }: Window): Bucket =>
  (to ?? startOfHour(newest ?? 0)) - (from ?? startOfHour(oldest ?? 0)) <= hourly ? 'hour' : 'day'

/** Events over time by mode: by hour up to four days and by day beyond, if `given` does not say. */
export async function selectTimeline(reads: EventReads, question: Question, given?: Bucket): Promise<Timeline> {
  const { filter, window } = question
  const { from, to } = window
  const bucket = given ?? bucketOf(window)
  const isWholeHours = (from === null || isStartOfHour(from)) && (to === null || isStartOfHour(to + 1))
  const isByRule = isWholeHours && filter.stack === null && isWithin(filter, hourFields)
  const points = await reads.timeline({ ...asked(question), bucket, source: isByRule ? 'hours' : 'events' })
  const first = from ?? points[0]?.time
  const last = to ?? points.at(-1)?.time
  if (first === undefined || last === undefined) return { bucket, points: [] }
  return { bucket, points: fill(points, bucket, first, last) }
}

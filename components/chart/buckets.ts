import { dayLength, hourLength } from '#lib/asr/hours.ts'
import type { Timeline, TimelinePoint } from '#lib/model/rows.ts'
import { dayText, timeText } from '#lib/text/time.ts'
import { pointTotal } from './series.ts'

const lengths = { hour: hourLength, day: dayLength }

/** A timeline as it is drawn: `length` is milliseconds a bar. */
export type Buckets = { points: TimelinePoint[]; length: number }

const add = (sum: TimelinePoint, point: TimelinePoint): TimelinePoint => ({
  time: sum.time,
  block: sum.block + point.block,
  audit: sum.audit + point.audit,
  override: sum.override + point.override,
  configuration: sum.configuration + point.configuration,
})

/** A timeline with neighbours added together until there are at most `most` bars. */
export function bucketsOf({ bucket, points }: Timeline, most: number): Buckets {
  const each = Math.max(1, Math.ceil(points.length / most))
  if (each === 1) return { points, length: lengths[bucket] }
  const joined: TimelinePoint[] = []
  for (let at = 0; at < points.length; at += each) joined.push(points.slice(at, at + each).reduce(add))
  return { points: joined, length: lengths[bucket] * each }
}

/** The span of a bar in words: `2026-11-20 14:00 – 15:00`, or one day as its date if the zone's days are the bar's. */
export function bucketText(time: number, length: number, tz: string): string {
  const end = time + length
  const [from, to] = [timeText(time, tz).slice(0, 16), timeText(end, tz).slice(0, 16)]
  if (from.endsWith('00:00') && to.endsWith('00:00') && length >= dayLength) {
    const last = dayText(end - 1, tz)
    return last === from.slice(0, 10) ? last : `${from.slice(0, 10)} – ${last}`
  }
  return from.slice(0, 10) === to.slice(0, 10) ? `${from} – ${to.slice(11)}` : `${from} – ${to}`
}

const hourSteps = [1, 3, 6, 12, 24, 48]

/** Times to be named along the axis, about `most` of them: round hours of the zone, else every so many bars. */
export function axisTimes({ points, length }: Buckets, tz: string, most: number): number[] {
  if (length < dayLength) {
    const step = hourSteps.find((hours) => points.length / hours <= most) ?? 24
    const round = points.filter(({ time }) => Number(timeText(time, tz).slice(11, 13)) % Math.min(step, 24) === 0)
    if (round.length > 1) return round.map(({ time }) => time)
  }
  const step = Math.max(1, Math.ceil(points.length / most))
  return points.filter((_, index) => index % step === 0).map(({ time }) => time)
}

/** A time as the axis names it: the hour within a day, else the day; midnight is its day. */
export function axisText(time: number, length: number, tz: string): string {
  const text = timeText(time, tz)
  if (length >= dayLength) return text.slice(0, 10)
  return text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16)
}

/** Least size of a spike, and how many times what nearly every bar stays under it is. */
const spike = { least: 20, times: 2, share: 0.95 }

/** Bars far above the others: at least twice what 19 of 20 of those with events stay under. */
export function spikesOf(points: TimelinePoint[]): TimelinePoint[] {
  const totals = points
    .map(pointTotal)
    .filter((total) => total > 0)
    .sort((a, b) => a - b)
  if (totals.length < 8) return []
  const usual = totals[Math.floor((totals.length - 1) * spike.share)] ?? 0
  return points.filter((point) => pointTotal(point) >= Math.max(spike.least, usual * spike.times))
}

/** Whether bars in which the configuration changed are marked: only if that is rare enough to mean something. */
export function marksChanges(points: TimelinePoint[]): boolean {
  const changed = points.filter(({ configuration }) => configuration > 0).length
  return changed > 0 && changed * 3 <= points.length
}

import { hourLength, hoursOfDay } from '#lib/asr/hours.ts'
import type { Span } from './fleet.ts'
import { isStormVersion } from './versions.ts'

/** What a company does in an hour of the week. */
export type Shift = 'office' | 'evening' | 'night'

/** How busy each hour of a working day is, midnight first (UTC). */
const workday = [
  0.3, 0.35, 0.4, 0.35, 0.3, 0.35, 0.6, 1.2, 1.7, 1.8, 1.7, 1.5, 1.2, 1.5, 1.7, 1.6, 1.3, 0.9, 0.6, 0.5, 0.4, 0.35, 0.3,
  0.3,
]
const weekendShare = 0.3
const stormShare = 4

/** One hour of the log: how busy it is, which shift works, and whether the bad release is out. */
export type Hour = { start: number; weight: number; shift: Shift; isStorm: boolean }

function isWeekend(time: number): boolean {
  const day = new Date(time).getUTCDay()
  return day === 0 || day === 6
}

function shiftOf(time: number): Shift {
  const hour = new Date(time).getUTCHours()
  if (hour < 6 || hour >= 22) return 'night'
  return hour < 17 && !isWeekend(time) ? 'office' : 'evening'
}

/** The hour in which the bad release comes out: a working morning about eight days before the end, or as near as the log allows. */
export function stormStart(span: Span): number {
  const hoursBack = Math.min(8 * hoursOfDay, Math.floor(((span.end - span.start) / hourLength) * 0.3))
  const wanted = span.end - hoursBack * hourLength
  for (let back = 0; wanted - back * hourLength >= span.start; back++) {
    const time = wanted - back * hourLength
    if (!isWeekend(time) && new Date(time).getUTCHours() === 8) return time
  }
  return wanted
}

/** The hours of the log, the last one ending at `span.end`. */
export function hoursOf(span: Span): Hour[] {
  const storm = stormStart(span)
  const hours: Hour[] = []
  for (let start = span.start; start < span.end; start += hourLength) {
    const isStorm = isStormVersion(start, storm)
    const busy = workday[new Date(start).getUTCHours()] ?? 1
    const weight = busy * (isWeekend(start) ? weekendShare : 1) * (isStorm ? stormShare : 1)
    hours.push({ start, weight, shift: shiftOf(start), isStorm })
  }
  return hours
}

/** Shares `total` out by weight in whole numbers that add up to it, one step at a time. */
export function makeShares(total: number, weightOfAll: number): (weight: number) => number {
  let weightSoFar = 0
  let givenSoFar = 0
  return (weight) => {
    weightSoFar += weight
    const due = Math.min(total, Math.round((total * weightSoFar) / weightOfAll))
    const share = due - givenSoFar
    givenSoFar = due
    return share
  }
}

import { dayLength } from '#lib/asr/hours.ts'
import type { Timeline } from '#lib/model/rows.ts'
import type { StackMembers } from '#lib/model/stacks.ts'

/** Days up to which those without events are drawn too. */
const filled = 400

/** The days of a stack as a timeline from its first day to its last, with the days between that have no events. */
export function daysOf(days: StackMembers['days']): Timeline {
  const points = days.map(({ time, blocked, audited, overridden, changed }) => ({
    ...{ time, block: blocked, audit: audited },
    ...{ override: overridden, configuration: changed },
  }))
  const [first, last] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0]
  const count = Math.round((last - first) / dayLength) + 1
  if (points.length === 0 || count > filled) return { bucket: 'day', points }
  const known = new Map(points.map((point) => [point.time, point]))
  const none = { block: 0, audit: 0, override: 0, configuration: 0 }
  const all = Array.from({ length: count }, (_, day) => {
    const time = first + day * dayLength
    return known.get(time) ?? { time, ...none }
  })
  return { bucket: 'day', points: all }
}

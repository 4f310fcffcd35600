import { hourLength, startOfHour } from '#lib/asr/hours.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { timeText } from '#lib/text/time.ts'

/**
 * The clock time of the newest event, if no event followed it in the last hours of the chart. Null if only the hour that
 * has just begun is blank.
 */
export function silentSince(
  points: readonly Pick<TimelinePoint, 'time'>[],
  newestEvent: number | null,
  tz: string,
): string | null {
  const last = points.at(-1)?.time
  if (newestEvent === null || last === undefined || last - startOfHour(newestEvent) < 2 * hourLength) return null
  return timeText(newestEvent, tz).slice(11, 16)
}

import { hourLength, startOfHour } from '#lib/asr/hours.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { timeText } from '#lib/text/time.ts'

/**
 * The clock time of the newest event, if the last hours of the chart are blank because nothing came after it. Null if that is no more
 * than the hour that has just begun.
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

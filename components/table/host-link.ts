import type { ResolvedWindow } from '#components/frame/resolved-window.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { isoText } from '#lib/text/time.ts'

/**
 * The drilldown of a host, with the time range of the table it is opened from made absolute (the seed's `info_min_time`
 * and `info_max_time`), and with that table's detection.
 */
export function hostHref(
  dest: string,
  window: Pick<ResolvedWindow, 'from' | 'to'>,
  tz: string,
  detection: DetectionKey | null = null,
): string {
  const search = new URLSearchParams()
  if (window.from !== null) search.set('from', isoText(window.from))
  if (window.to !== null) search.set('to', isoText(window.to))
  if (detection !== null) search.set('detection', detection)
  if (tz !== 'UTC') search.set('tz', tz)
  const path = `/hosts/${encodeURIComponent(dest)}`
  return search.size === 0 ? path : `${path}?${search}`
}

import { dayLength } from '#lib/asr/hours.ts'
import type { Params } from '#lib/params/params.ts'
import { countOf } from '#lib/text/number.ts'
import { timeText } from '#lib/text/time.ts'

/** Time ranges one click away: the text of `last`, and words for it. */
export const presets = [
  { text: '24h', name: 'Last 24 hours', ms: dayLength },
  { text: '7d', name: 'Last 7 days', ms: 7 * dayLength },
  { text: '30d', name: 'Last 30 days', ms: 30 * dayLength },
  { text: '90d', name: 'Last 90 days', ms: 90 * dayLength },
] as const

/** The range of everything, if a URL without a range means something else: from the first time that Windows can name. */
export const allTime = { from: Date.UTC(1601, 0, 1), to: null, last: null }

const units: Record<string, string> = { m: 'minute', h: 'hour', d: 'day', w: 'week' }

/** A relative range in words: `Last 7 days`. */
function lastText(last: string): string {
  const preset = presets.find(({ text }) => text === last)
  return preset?.name ?? `Last ${countOf(Number(last.slice(0, -1)), units[last.slice(-1)] ?? '')}`
}

/** The time range of a screen in words, anchor included: `Last 7 days to the newest event`. */
export function rangeText({ from, to, last, anchor, tz }: Params): string {
  if (last !== null) {
    const end = to !== null ? timeText(to, tz) : anchor === 'newest' ? 'the newest event' : 'now'
    return `${lastText(last.text)} to ${end}`
  }
  if (from !== null && to !== null) return `${timeText(from, tz)} – ${timeText(to, tz)}`
  if (from === allTime.from) return 'All time'
  if (from !== null) return `Since ${timeText(from, tz)}`
  if (to !== null) return `Until ${timeText(to, tz)}`
  return 'All time'
}

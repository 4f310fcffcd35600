import { dayLength, hourLength } from '#lib/asr/hours.ts'

// biome-ignore lint/plugin: a cache of what never changes may exist twice.
const formats = new Map<string, Intl.DateTimeFormat>()

// Swedish writes dates as ISO 8601 does, so no part of the text needs to be moved.
function formatOf(tz: string): Intl.DateTimeFormat {
  let format = formats.get(tz)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: tz, dateStyle: 'short', timeStyle: 'medium' })
    formats.set(tz, format)
  }
  return format
}

/** A time as `2026-11-20 16:29:48` in a zone. */
export function timeText(ms: number, tz: string): string {
  return tz === 'UTC' ? new Date(ms).toISOString().slice(0, 19).replace('T', ' ') : formatOf(tz).format(ms)
}

/** The day of a time as `2026-11-20` in a zone. */
export const dayText = (ms: number, tz: string): string => timeText(ms, tz).slice(0, 10)

/** A time as a URL carries it: ISO 8601 UTC with milliseconds. */
export const isoText = (ms: number): string => new Date(ms).toISOString()

const lengths: [unit: string, ms: number][] = [
  ['d', dayLength],
  ['h', hourLength],
  ['min', 60_000],
  ['s', 1000],
]

/** A length of time in its largest unit, without a fraction: `3 d`, `12 min`, `0 s`. */
export function lengthText(ms: number): string {
  const [unit, size] = lengths.find(([, least]) => Math.abs(ms) >= least) ?? ['s', 1000]
  return `${Math.trunc(Math.abs(ms) / size)} ${unit}`
}

/** How long before or after `now` a time is: `3 d ago`, `in 5 min`, `just now`. */
export function relativeText(ms: number, now: number): string {
  const age = now - ms
  if (Math.abs(age) < 1000) return 'just now'
  return age > 0 ? `${lengthText(age)} ago` : `in ${lengthText(age)}`
}

/** The start and end of a span with what both share said once: `2026-11-20 16:29:48 – 17:01:12`. */
export function spanText(first: number, last: number, tz: string): string {
  const [from, to] = [timeText(first, tz), timeText(last, tz)]
  if (from === to) return from
  return from.slice(0, 10) === to.slice(0, 10) ? `${from} – ${to.slice(11)}` : `${from} – ${to}`
}

/**
 * The start and end of a span as short as both can be read: the day of each, and the clock time of the end that is
 * `precise`. One time if both are the same second, the second text null then; both clock times if they share their day.
 */
export function spanParts(
  first: number,
  last: number,
  tz: string,
  precise: 'first' | 'last',
): [first: string, last: string | null] {
  const [from, to] = [timeText(first, tz), timeText(last, tz)]
  if (from === to) return [from, null]
  if (from.slice(0, 10) === to.slice(0, 10)) return [from.slice(0, 16), to.slice(11, 16)]
  return precise === 'first' ? [from.slice(0, 16), to.slice(0, 10)] : [from.slice(0, 10), to.slice(0, 16)]
}

/** A time complete: `2026-11-20 16:29:48.984 UTC`. */
export const exactTimeText = (ms: number, tz: string): string =>
  `${timeText(ms, tz)}.${isoText(ms).slice(20, 23)} ${tz}`

import { localToUtc } from '#lib/asr/time.ts'

const typed = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?\s*$/

/**
 * Milliseconds of a time as a reader types it in a zone: `2026-11-20 16:29:48`, without seconds, or a date alone. What is
 * left out is zero for the start of a range and the last of its kind for its end. Null if it is not a time.
 */
export function typedTime(text: string, tz: string, end: 'start' | 'end'): number | null {
  const found = typed.exec(text)
  if (found === null) return null
  const [, year, month, day, hour, minute, second] = found
  const rest = end === 'end'
  const or = (part: string | undefined, last: number): number => (part === undefined ? (rest ? last : 0) : Number(part))
  const hours = or(hour, 23)
  const minutes = or(minute, 59)
  return localToUtc(Number(year), Number(month), Number(day), hours, minutes, or(second, 59), rest ? 999 : 0, tz)
}

import { localToUtc, parseTime } from '#lib/asr/time.ts'

const shape = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/

/** Milliseconds since 1970 UTC of an ISO 8601 time, local to `tz` if it has no offset; null if it is none. */
export function readLocalIso(text: string, tz: string): number | null {
  const match = shape.exec(text)
  if (!match) return parseTime(text)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return localToUtc(year, month, day, hour, minute, second, ms, tz)
}

import { localToUtc } from '#lib/asr/time.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const shape =
  /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4}),?(?: @| at)? (\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:\s([AP])M)?$/

/**
 * Milliseconds since 1970 UTC of a local time with the month's name, or null if it is none: `Nov 20, 2023 4:29:48 PM`
 * (Defender portal), `Nov 20, 2023 @ 16:29:48.984` (Kibana).
 */
export function readEnglish(text: string, tz: string): number | null {
  const match = shape.exec(text.replace(/[\u00a0\u202f]/g, ' '))
  if (!match) return null
  const month = months.indexOf((match[1] as string).toLowerCase()) + 1
  const [day, year, shown, minute, second] = match.slice(2, 7).map(Number) as [number, number, number, number, number]
  if (match[8] !== undefined && (shown < 1 || shown > 12)) return null
  const hour = match[8] === undefined ? shown : (shown % 12) + (match[8] === 'P' ? 12 : 0)
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return localToUtc(year, month, day, hour, minute, second, ms, tz)
}

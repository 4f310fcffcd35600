import { hourLength } from '#lib/asr/hours.ts'
import { localToUtc } from '#lib/asr/time.ts'

/** In which order a file writes day and month if both are numbers. */
export type DateOrder = 'month-first' | 'day-first'

/** What a date in numbers may be; `first` and `second` are in the order written. */
type Written = { year: number; first: number; second: number; order: DateOrder | 'year-first' | null; clock: number[] }

const halves = { am: 0, pm: 12, 午前: 0, 午後: 12, 上午: 0, 下午: 12, 오전: 0, 오후: 12 }
const half = '([ap]\\.? ?m\\.?|午前|午後|上午|下午|오전|오후)'
const clock = '(\\d{1,2})[:.](\\d\\d)[:.](\\d\\d)(?:[.,](\\d{1,9}))?'
const shape = new RegExp(
  `^(\\d{1,4})([./-]) ?(\\d{1,2})[./-] ?(\\d{1,4})[^\\d]{0,5}?[ T@,]+(?:${half} ?)?${clock}(?: ?${half})?$`,
  'i',
)

/** The hour that a clock with morning and afternoon shows; NaN if it shows none. */
function hourOnClock(hour: number, text: string | undefined): number {
  if (text === undefined) return hour
  const name = text.toLowerCase().replace(/[. ]/g, '') as keyof typeof halves
  return hour >= 1 && hour <= 12 ? (hour % 12) + halves[name] : Number.NaN
}

function readWritten(text: string): Written | null {
  const match = shape.exec(
    text
      .replace(/[\u200e\u200f]/g, '')
      .replace(/[\u00a0\u2009\u202f]/g, ' ')
      .trim(),
  )
  if (!match) return null
  const [, one = '', separator, two = '', three = ''] = match
  const hour = hourOnClock(Number(match[6]), match[5] ?? match[10])
  const ms = Number((match[9] ?? '').padEnd(3, '0').slice(0, 3))
  const read = { clock: [hour, Number(match[7]), Number(match[8]), ms], first: Number(one), second: Number(two) }
  if (one.length === 4 && three.length <= 2) {
    return { ...read, year: Number(one), first: Number(two), second: Number(three), order: 'year-first' }
  }
  if (one.length > 2 || three.length !== 4) return null
  return { ...read, year: Number(three), order: separator === '/' ? null : 'day-first' }
}

const at = ({ year, clock: [h = 0, min = 0, s = 0, ms = 0] }: Written, month: number, day: number, tz: string) =>
  Number.isNaN(h) ? null : localToUtc(year, month, day, h, min, s, ms, tz)

/**
 * Milliseconds since 1970 UTC of a local time as the culture of a machine writes it (`11/20/2023 4:29:48 PM`,
 * `20.11.2023 16:29:48`), or null if it is none. With slashes, day and month are distinguished by `order`; if that is
 * not known and both readings are dates, it is 'ambiguous'. Source: .NET patterns "G" of all cultures; a year has four digits.
 */
export function readCulture(text: string, tz: string, order: DateOrder | null): number | 'ambiguous' | null {
  const written = readWritten(text)
  if (!written) return null
  const monthFirst = at(written, written.first, written.second, tz)
  if (written.order === 'year-first') return monthFirst
  const dayFirst = at(written, written.second, written.first, tz)
  if (written.order === 'day-first') return dayFirst
  if (monthFirst === null || dayFirst === null || monthFirst === dayFirst) return monthFirst ?? dayFirst
  if (order === null) return 'ambiguous'
  return order === 'month-first' ? monthFirst : dayFirst
}

/** A local time and one in UTC of the same event lie no further apart than that. */
const nearMs = 36 * hourLength

/**
 * The order of day and month that a time shows: one of them is above 12, or only one reading is near a time that
 * the same event has in UTC (the `Detection time` in its message). Null if it shows nothing.
 */
export function detectOrder(text: string, tz: string, near: number | null): DateOrder | null {
  const written = readWritten(text)
  if (!written || written.order !== null) return null
  const monthFirst = at(written, written.first, written.second, tz)
  const dayFirst = at(written, written.second, written.first, tz)
  if (monthFirst === dayFirst) return null
  if (monthFirst === null) return 'day-first'
  if (dayFirst === null) return 'month-first'
  if (near === null) return null
  const isMonthFirst = Math.abs(monthFirst - near) < nearMs
  const isDayFirst = Math.abs(dayFirst - near) < nearMs
  return isMonthFirst === isDayFirst ? null : isMonthFirst ? 'month-first' : 'day-first'
}

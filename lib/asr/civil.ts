import { dayLength, hourLength } from '#lib/asr/hours.ts'

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] as number)

/** Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant, `days_from_civil`). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Milliseconds since 1970 for a clock reading taken as UTC, or null if there is no such date or time. */
export function utcMs(year: number, month: number, day: number, h: number, min: number, s: number, ms: number) {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null
  if (!(h >= 0 && h <= 23 && min >= 0 && min <= 59 && s >= 0 && s <= 59)) return null
  return daysFromCivil(year, month, day) * dayLength + h * hourLength + min * 60_000 + s * 1000 + ms
}

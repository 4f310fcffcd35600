import { utcMs } from '#lib/asr/civil.ts'
import { dayLength, hourLength, hourOf } from '#lib/asr/hours.ts'

type Zone = { format: Intl.DateTimeFormat; hours: Map<number, number | null> }
// biome-ignore lint/plugin: a cache of what never changes may exist twice.
const zones = new Map<string, Zone>()

/** Whether `tz` names a zone of the IANA database, such as `Europe/Berlin`. */
export function isTimeZone(tz: string): boolean {
  if (!/^[A-Za-z]/.test(tz)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: tz })
    return true
  } catch {
    // RangeError: Intl has no such zone.
    return false
  }
}

function zoneOf(tz: string): Zone {
  let zone = zones.get(tz)
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: tz,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    zone = { format, hours: new Map() }
    zones.set(tz, zone)
  }
  return zone
}

/** What a clock of the zone shows at the second `utc`, less `utc`. */
function exactOffset(format: Intl.DateTimeFormat, utc: number): number {
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(utc)) part[type] = value
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year)
  const shown = new Date(0)
  shown.setUTCFullYear(year, Number(part.month) - 1, Number(part.day))
  shown.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second))
  return shown.getTime() - utc
}

/** The zone's offset at `utc`. Asking Intl takes microseconds, so each hour without a change in it is asked once. */
function offsetAt(zone: Zone, utc: number): number {
  const hour = hourOf(utc)
  let offset = zone.hours.get(hour)
  if (offset === undefined) {
    const first = exactOffset(zone.format, hour * hourLength)
    offset = first === exactOffset(zone.format, (hour + 1) * hourLength) ? first : null
    if (zone.hours.size > 50_000) zone.hours.clear()
    zone.hours.set(hour, offset)
  }
  return offset ?? exactOffset(zone.format, Math.floor(utc / 1000) * 1000)
}

/**
 * Milliseconds since 1970 UTC of a local clock reading in the IANA zone `tz`, or null if there is no such date or time.
 * A reading that occurs twice (clocks set back) is the first; one that never occurs (set forward) moves on by the gap.
 * Throws a RangeError for a zone that does not exist: check with `isTimeZone`.
 */
export function localToUtc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number,
  tz: string,
): number | null {
  const local = utcMs(year, month, day, hour, minute, second, ms)
  if (local === null || tz === 'UTC') return local
  const zone = zoneOf(tz)
  const before = offsetAt(zone, local - dayLength)
  const after = offsetAt(zone, local + dayLength)
  const early = local - Math.max(before, after)
  const late = local - Math.min(before, after)
  if (offsetAt(zone, early) === local - early) return early
  if (offsetAt(zone, late) === local - late) return late
  return local - before
}

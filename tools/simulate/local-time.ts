const quarter = 900_000

type Zone = { format: Intl.DateTimeFormat; quarter: number; offset: number }
const zones = new Map<string, Zone>()

function zoneOf(tz: string): Zone {
  const known = zones.get(tz)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: tz,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const zone = { format, quarter: Number.NaN, offset: 0 }
  zones.set(tz, zone)
  return zone
}

/** Milliseconds a zone is ahead of UTC. Zones change on the quarter of an hour, so one look-up serves all of it. */
function offsetAt(tz: string, time: number): number {
  const zone = zoneOf(tz)
  const current = Math.floor(time / quarter)
  if (zone.quarter !== current) {
    const parts = Object.fromEntries(
      zone.format.formatToParts(current * quarter).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    zone.offset = Date.UTC(year, month - 1, day, hour, minute, second) - current * quarter
    zone.quarter = current
  }
  return zone.offset
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** `11/20/2023 04:29:48 PM` in the zone: local time, and no word of which. */
export function localTime(time: number, tz: string): string {
  const local = new Date(time + offsetAt(tz, time))
  const hour = local.getUTCHours()
  const day = `${two(local.getUTCMonth() + 1)}/${two(local.getUTCDate())}/${local.getUTCFullYear()}`
  return `${day} ${two(hour % 12 || 12)}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`
}

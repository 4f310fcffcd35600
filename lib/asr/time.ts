import { utcMs } from '#lib/asr/civil.ts'

export { isTimeZone, localToUtc } from '#lib/asr/zone.ts'

/** The number that `count` digits at `from` spell, or -1 if one of them is not a digit. */
function digits(text: string, from: number, count: number): number {
  let value = 0
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/** The offset that `Z`, `+01:00` or nothing at `from` spells, in milliseconds, or null if it is none of them. */
function offsetMs(text: string, from: number): number | null {
  const rest = text.length - from
  if (rest === 0) return 0
  const sign = text.charCodeAt(from)
  if (rest === 1 && (sign === 90 || sign === 122)) return 0
  if (rest !== 6 || (sign !== 43 && sign !== 45) || text.charCodeAt(from + 3) !== 58) return null
  const hours = digits(text, from + 1, 2)
  const minutes = digits(text, from + 4, 2)
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null
  return (hours * 60 + minutes) * (sign === 43 ? 60_000 : -60_000)
}

/**
 * Milliseconds since 1970 UTC, cut and not rounded, of a time as Windows and its tools write it, or null if it is none:
 * `2023-11-20T16:29:48.9847638Z`, a blank for the T (EvtxECmd), no Z (then UTC), up to 9 fractional digits, `+01:00`.
 */
export function parseTime(text: string): number | null {
  if (text.length < 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null
  const separator = text.charCodeAt(10)
  if (separator !== 84 && separator !== 32 && separator !== 116) return null
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null
  let end = 19
  let ms = 0
  if (text.charCodeAt(19) === 46) {
    let weight = 100
    for (end = 20; end < text.length; end++) {
      const digit = text.charCodeAt(end) - 48
      if (!(digit >= 0 && digit <= 9)) break
      ms += digit * weight
      weight = weight === 1 ? 0 : weight / 10
    }
    if (end === 20 || end > 29) return null
  }
  const offset = offsetMs(text, end)
  const local = utcMs(
    digits(text, 0, 4),
    digits(text, 5, 2),
    digits(text, 8, 2),
    digits(text, 11, 2),
    digits(text, 14, 2),
    digits(text, 17, 2),
    ms,
  )
  if (offset === null || local === null) return null
  return local - offset
}

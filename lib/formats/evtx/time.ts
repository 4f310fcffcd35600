const pad = (n: number, width: number): string => String(n).padStart(width, '0')

// FILETIME counts 100 ns from 1601-01-01.
const from1601to1970 = 11_644_473_600_000

// 2^32 is 429496 x 10000 + 7296, which keeps every step below 2^53.
const restOf = (low: number, high: number): number => high * 7296 + low

/** The milliseconds since 1970 of a FILETIME, given as its two halves; cut and not rounded. */
export const fileTimeMs = (low: number, high: number): number =>
  high * 429496 + Math.floor(restOf(low, high) / 10000) - from1601to1970

/** A FILETIME, given as its two halves, as Windows renders it: UTC with seven digits of a second. */
export function fileTimeText(low: number, high: number): string {
  return new Date(fileTimeMs(low, high)).toISOString().replace('Z', `${pad(restOf(low, high) % 10000, 4)}Z`)
}

/** The halves of the FILETIME of a time in milliseconds since 1970 and up to 9999 further ticks of 100 ns. */
export function fileTimeOf(time: number, ticks = 0): { low: number; high: number } {
  const value = BigInt(time + from1601to1970) * 10000n + BigInt(ticks)
  return { low: Number(value & 0xffffffffn), high: Number(value >> 32n) }
}

/** A SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond. Digits beyond those it has are zero. */
export function systemTimeText(view: DataView, at: number): string {
  const part = (index: number): number => view.getUint16(at + 2 * index, true)
  const date = `${pad(part(0), 4)}-${pad(part(1), 2)}-${pad(part(3), 2)}`
  return `${date}T${pad(part(4), 2)}:${pad(part(5), 2)}:${pad(part(6), 2)}.${pad(part(7), 3)}0000Z`
}

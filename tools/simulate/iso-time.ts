import { hourLength, hourOf } from '#lib/asr/hours.ts'

const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))

let cachedHour = Number.NaN
let cachedText = ''

/** `2026-11-20T18:00:00.123`; remembers the last hour, for events come in order. */
function isoWithoutZone(time: number): string {
  const hour = hourOf(time)
  if (hour !== cachedHour) {
    cachedHour = hour
    cachedText = new Date(hour * hourLength).toISOString().slice(0, 14)
  }
  const rest = time - hour * hourLength
  const second = Math.floor(rest / 1000)
  return `${cachedText}${two[Math.floor(second / 60)]}:${two[second % 60]}.${String(1000 + (rest % 1000)).slice(1)}`
}

/** UTC with milliseconds, as `Detection Time` is logged. */
export function isoMilliseconds(time: number): string {
  return `${isoWithoutZone(Math.floor(time))}Z`
}

/** UTC with seven digits, as `SystemTime` is logged; `time` may have a fraction of a millisecond. */
export function isoTicks(time: number): string {
  const milliseconds = Math.floor(time)
  const ticks = Math.floor((time - milliseconds) * 10_000)
  return `${isoWithoutZone(milliseconds)}${String(10_000 + ticks).slice(1)}Z`
}

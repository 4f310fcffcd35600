import { parseTime } from '#lib/asr/time.ts'

/** `/Date(1700497788984)/` of Windows PowerShell, at times with the offset that was shown. */
const dateCall = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/
const seconds = /^(\d{9,10})(?:\.(\d{1,9}))?$/
const milliseconds = /^\d{12,13}$/

/** A complete date and time with an offset that lacks its colon: `…48.984+0000`. */
const bareOffset = /^(.{19,29}[+-]\d\d)(\d\d)$/

/**
 * Milliseconds since 1970 UTC of a time with a known zone: ISO 8601, with or without `Z` (then UTC), seconds or
 * milliseconds since 1970, or `/Date(…)/`. Null if it is none of them.
 */
export function readStamp(text: string): number | null {
  const call = dateCall.exec(text)
  if (call) return Number(call[1])
  const epoch = seconds.exec(text)
  if (epoch) return Number(epoch[1]) * 1000 + Number((epoch[2] ?? '').padEnd(3, '0').slice(0, 3))
  if (milliseconds.test(text)) return Number(text)
  return parseTime(text.replace(/ (?:UTC|GMT)$/, 'Z').replace(bareOffset, '$1:$2'))
}

import { localToUtc } from '#lib/asr/time.ts'

/** The first line of a record in Splunk's classic WinEventLog text: local time, milliseconds in newer forwarders only. */
const timeLine = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? ([AP])M$/

export const longestTimeLine = '11/20/2023 04:29:48.123456789 PM'.length

export const isTimeLine = (line: string): boolean => timeLine.test(line)

/** Milliseconds since 1970 UTC of a time line whose clock shows the time of the IANA zone `tz`, or null if it is none. */
export function readTimeLine(line: string, tz: string): number | null {
  const match = timeLine.exec(line)
  if (!match) return null
  const [month, day, year, hour12, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour12 < 1 || hour12 > 12) return null
  const hour = (hour12 % 12) + (match[8] === 'P' ? 12 : 0)
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return localToUtc(year, month, day, hour, minute, second, ms, tz)
}

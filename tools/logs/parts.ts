import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { renderMultiline } from '#tools/simulate/render-multiline.ts'

export const defender = 'Microsoft-Windows-Windows Defender'

/** The message of an event as Windows renders it, with the line ends of Windows. */
export const messageOf = (event: SimulatedEvent): string =>
  (renderMultiline(event, 'UTC').split('\nMessage=')[1] as string).replaceAll('\n', '\r\n')

/** Names and values of an event's data. */
export const dataOf = (event: SimulatedEvent): [name: string, value: string][] =>
  event.names.map((name, index) => [name, event.values[index] ?? ''])

export const dataValue = (event: SimulatedEvent, name: string): string => event.values[event.names.indexOf(name)] ?? ''

/** ISO 8601 on the clock of a zone, with seven digits of the second and, if asked for, the offset. */
export function localIso(event: SimulatedEvent, tz: string, hasOffset: boolean): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: tz,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(event.time)
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  const offset = hasOffset ? (part.timeZoneName ?? '').replace('GMT', '') || '+00:00' : ''
  const fraction = event.systemTime.slice(19, -1)
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${fraction}${offset}`
}

/** As Windows in American English shows it: `11/2/2026 6:00:00 PM`. */
export function americanTime(event: SimulatedEvent, tz: string): string {
  const at = localIso(event, tz, false)
  const hour = Number(at.slice(11, 13))
  const day = `${Number(at.slice(5, 7))}/${Number(at.slice(8, 10))}/${at.slice(0, 4)}`
  return `${day} ${hour % 12 || 12}${at.slice(13, 19)} ${hour < 12 ? 'AM' : 'PM'}`
}

/** As Windows in German shows it: `02.11.2026 18:00:00`. */
export function germanTime(event: SimulatedEvent, tz: string): string {
  const at = localIso(event, tz, false)
  return `${at.slice(8, 10)}.${at.slice(5, 7)}.${at.slice(0, 4)} ${at.slice(11, 19)}`
}

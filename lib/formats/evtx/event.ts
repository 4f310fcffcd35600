import { isDefenderChannel } from '#lib/asr/channel.ts'
import type { LoggedEvent, LoggedField } from '#lib/asr/event.ts'
import { isAsrCode } from '#lib/asr/templates.ts'
import { Damage } from './damage.ts'
import { parseSystemTime } from './time.ts'

const fieldOf = (fields: LoggedField[], name: string): string => {
  for (const [field, value] of fields) if (field === name) return value
  return ''
}

const wholeNumber = /^\d{1,9}$/

/** The channel and EventCode that a record's fields name. Throws Damage where it names none. */
export function channelAndCode(sections: LoggedEvent['sections'], at: number): { channel: string; code: number } {
  if (!sections.System) throw new Damage('bad-structure', at, 'it has no System part: its template is lost')
  const system = sections.System
  const channel = fieldOf(system, 'Channel')
  const code = fieldOf(system, 'EventID')
  if (!wholeNumber.test(code))
    throw new Damage('no-event-code', at, `EventID is ${JSON.stringify(code.slice(0, 40))}: a number would be right`)
  if (channel === '') throw new Damage('no-channel', at, 'Channel is missing or empty')
  return { channel, code: Number(code) }
}

export const isOurs = (channel: string, code: number): boolean => isAsrCode(code) && isDefenderChannel(channel)

/** The event that a record's fields make. Throws Damage where one is missing without which it cannot be an event. */
export function eventOf(sections: LoggedEvent['sections'], EventCode: number, at: number): LoggedEvent {
  const system = sections.System ?? []
  const dest = fieldOf(system, 'Computer')
  const timeCreated = fieldOf(system, 'TimeCreated')
  const time = parseSystemTime(timeCreated)
  if (dest === '') throw new Damage('no-dest', at, 'Computer is missing or empty')
  if (timeCreated === '') throw new Damage('no-time', at, 'TimeCreated is missing or empty')
  if (Number.isNaN(time)) throw new Damage('bad-time', at, `TimeCreated is ${JSON.stringify(timeCreated.slice(0, 60))}`)
  const recordId = Number(fieldOf(system, 'EventRecordID') || Number.NaN)
  return {
    EventCode,
    dest,
    time,
    recordId: Number.isSafeInteger(recordId) && recordId >= 0 ? recordId : null,
    sections,
  }
}

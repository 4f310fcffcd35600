import { defenderChannel } from '#lib/asr/channel.ts'
import type { LoggedField } from '#lib/asr/event.ts'
import { at, firstText, flatten, isObject, type Json, type JsonObject, textOf } from '#lib/formats/json/value.ts'
import { messageBody } from '#lib/formats/message.ts'
import { namesByPosition } from '#lib/formats/names.ts'
import type { Body, Shape } from '#lib/formats/shape.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'

/** Properties of a record that are kept elsewhere, or only say how it was fetched. */
const notSystem = new Set(['Properties', 'Message', 'Bookmark', 'MatchedQueryIds'])

/** Whether an object is an EventLogRecord, or what `Select-Object` has left of one. */
export const isWinEvent = (object: JsonObject): boolean =>
  'Id' in object &&
  'TimeCreated' in object &&
  ['LogName', 'ProviderName', 'MachineName', 'Message'].some((key) => key in object)

/** The values of `Properties`, or null if the depth of the export has cut them to the name of their type. */
function propertyValues(properties: Json | undefined): string[] | null {
  if (!Array.isArray(properties) || properties.length === 0 || !properties.every(isObject)) return null
  return properties.map((property) => textOf(at(property, 'Value')) ?? '')
}

function systemFields(object: JsonObject): LoggedField[] {
  const own = Object.entries(object).filter(([key]) => !notSystem.has(key))
  return flatten(Object.fromEntries(own))
}

/** Fields by position in `Properties`, named by the template; without them, those of the message. */
function body(object: JsonObject, EventCode: number): Body {
  const System = systemFields(object)
  const message = textOf(object.Message) ?? ''
  const values = propertyValues(object.Properties)
  if (values === null) return messageBody(EventCode, System, message)
  const names = namesByPosition(EventCode, values.length)
  const EventData = values.map((value, index): LoggedField => [names[index] ?? '', value])
  return { sections: { System, EventData, RenderingInfo: [['Message', message]] } }
}

/** `TimeCreated` as it was written; PowerShell may wrap a DateTime in an object with its display text. */
const timeOf = (time: Json | undefined): string | undefined =>
  textOf(isObject(time) ? (at(time, 'value') ?? at(time, 'DateTime')) : time)

/**
 * An EventLogRecord as PowerShell writes it (`ConvertTo-Json`, `Export-Csv`, `Export-Clixml`). If `Select-Object` has
 * dropped the log's name, the provider names it. Source: System.Diagnostics.Eventing.Reader.EventLogRecord.
 */
export function winEventShape(object: JsonObject, readTime: (text: string) => number | null = readStamp): Shape {
  const provider = firstText(object, 'ProviderName')
  const ofProvider = provider === 'Microsoft-Windows-Windows Defender' ? defenderChannel : provider
  return {
    claims: {
      channel: firstText(object, 'LogName', 'ContainerLog') ?? ofProvider,
      eventCode: firstText(object, 'Id'),
      dest: firstText(object, 'MachineName'),
      recordId: firstText(object, 'RecordId'),
      time: timeOf(object.TimeCreated),
    },
    readTime,
    body: (EventCode) => body(object, EventCode),
  }
}

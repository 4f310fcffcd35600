import type { LoggedField } from '#lib/asr/event.ts'
import { at, firstText, flatten, isObject, type JsonObject, textOf } from '#lib/formats/json/value.ts'
import { messageBody } from '#lib/formats/message.ts'
import type { Body, Shape } from '#lib/formats/shape.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'

/** Whether an object is a row of Velociraptor's `parse_evtx()` or of an artifact built on it. */
export const isVelociraptor = (object: JsonObject): boolean =>
  (isObject(object.System) && 'EventID' in object.System) ||
  (isObject(object.EventData) && 'EventID' in object && 'Channel' in object)

function body(object: JsonObject, EventCode: number): Body {
  const { EventData, UserData, Message, ...rest } = object
  const System = flatten(rest)
  const message = textOf(Message) ?? ''
  const data = isObject(EventData) ? EventData : isObject(UserData) ? UserData : null
  if (!data) return messageBody(EventCode, System, message)
  const fields = Object.entries(data).map(([name, value]): LoggedField => [name, textOf(value) ?? ''])
  return { sections: { System, EventData: fields, RenderingInfo: [['Message', message]] } }
}

/** Seconds since 1970 are a double there: half a microsecond covers what it cannot represent. */
function readTime(text: string): number | null {
  return /^\d{9,10}\.\d+$/.test(text) ? Math.floor(Number(text) * 1000 + 0.0005) : readStamp(text)
}

/** A row of Velociraptor, of which `System` or the columns next to it tell whose it is. Source: Velociraptor artifact `Windows.EventLogs.Evtx`. */
export function velociraptorShape(object: JsonObject): Shape {
  const system = at(object, 'System')
  const event = isObject(system) ? { ...object, ...system } : object
  return {
    claims: {
      channel: firstText(event, 'Channel'),
      eventCode: firstText(event, 'EventID.Value', 'EventID'),
      dest: firstText(event, 'Computer', 'Fqdn', 'Hostname'),
      recordId: firstText(event, 'EventRecordID'),
      time: firstText(event, 'TimeCreated.SystemTime', 'TimeCreated'),
    },
    readTime,
    body: (EventCode) => body(object, EventCode),
  }
}

import type { LoggedField } from '#lib/asr/event.ts'
import {
  at,
  firstText,
  flatten,
  isObject,
  type Json,
  type JsonObject,
  parseJson,
  textOf,
} from '#lib/formats/json/value.ts'
import type { Shape } from '#lib/formats/shape.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'
import { reject } from '#lib/formats/verdict.ts'

export const isEvtxECmd = (object: JsonObject): boolean =>
  'EventId' in object && 'EventRecordId' in object && ('Payload' in object || 'MapDescription' in object)

/** One Data element as EvtxECmd writes it: an object with name and text, or the bare text. */
function dataField(data: Json): LoggedField {
  if (!isObject(data)) return ['', textOf(data) ?? '']
  return [textOf(data['@Name']) ?? '', textOf(data['#text']) ?? '']
}

/** The fields of a Payload, which is the event's EventData or UserData as JSON; null if it is none. */
function payloadFields(payload: string): LoggedField[] | null {
  try {
    const parsed = parseJson(payload)
    const data = at(parsed, 'EventData', 'Data')
    if (data !== undefined) return (Array.isArray(data) ? data : [data]).map(dataField)
    return isObject(parsed) ? flatten(parsed) : null
  } catch {
    // Not JSON: the caller rejects the record or reads its other columns.
    return null
  }
}

function body(object: JsonObject): ReturnType<Shape['body']> {
  const { Payload, ...own } = object
  const System = flatten(own)
  const payload = typeof Payload === 'string' ? Payload : JSON.stringify(Payload ?? '')
  const EventData = payloadFields(payload)
  if (EventData) return { sections: { System, EventData } }
  return reject('not-well-formed', 'its Payload is not the JSON of EventData or UserData')
}

/** A record of EvtxECmd, CSV or JSON. Its times are UTC, with a blank for the T. Source: EricZimmerman/evtx EvtxECmd Program.cs. */
export function evtxECmdShape(object: JsonObject): Shape {
  return {
    claims: {
      channel: firstText(object, 'Channel'),
      eventCode: firstText(object, 'EventId'),
      dest: firstText(object, 'Computer'),
      recordId: firstText(object, 'EventRecordId'),
      time: firstText(object, 'TimeCreated'),
    },
    readTime: readStamp,
    body: () => body(object),
  }
}

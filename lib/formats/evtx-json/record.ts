import type { LoggedField } from '#lib/asr/event.ts'
import { at, isObject, type Json, type JsonObject, textOf } from '#lib/formats/json/value.ts'
import type { Body, Shape } from '#lib/formats/shape.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'

export const isEvtxJson = (object: JsonObject): boolean => isObject(at(object, 'Event', 'System'))

/** The attributes of an element: within it as `#attributes`, or next to it as `Name_attributes`. */
function attributesOf(parent: JsonObject, name: string): JsonObject {
  const own = at(parent, name, '#attributes') ?? at(parent, `${name}_attributes`)
  return isObject(own) ? own : {}
}

/** The part of a record of that name; a row of CSV whose cells of it are all empty has none. */
function objectAt(parent: JsonObject, name: string): JsonObject {
  const part = at(parent, name)
  return isObject(part) ? part : {}
}

/** The text of an element that may have attributes. */
const elementText = (value: Json | undefined): string | undefined =>
  textOf(isObject(value) ? at(value, '#text') : value)

/** Fields that have a name of their own instead of `Element Attribute`, as the XML reader has them. */
const systemNames: Record<string, string> = {
  'EventID Qualifiers': 'Qualifiers',
  'TimeCreated SystemTime': 'TimeCreated',
}

function systemFields(system: JsonObject): LoggedField[] {
  const fields: LoggedField[] = []
  for (const name of Object.keys(system)) {
    const element = name.replace(/_attributes$/, '')
    if (element !== name && element in system) continue
    const text = elementText(system[element])
    if (text !== undefined) fields.push([element, text])
    for (const [attribute, value] of Object.entries(attributesOf(system, element))) {
      const path = `${element} ${attribute}`
      fields.push([systemNames[path] ?? path, textOf(value) ?? ''])
    }
  }
  return fields
}

/** One Data element: its name is in its attributes, or it has none. */
const dataField = (data: Json): LoggedField => [textOf(at(data, '#attributes', 'Name')) ?? '', elementText(data) ?? '']

/** EventData by name; several Data elements of one name, or of none, are in an array. */
function dataFields(data: JsonObject): LoggedField[] {
  const fields: LoggedField[] = []
  for (const [name, value] of Object.entries(data)) {
    if (name === '#attributes' || name.endsWith('_attributes')) continue
    const texts = isObject(value) ? at(value, '#text') : value
    if (name === 'Data' && Array.isArray(texts)) fields.push(...texts.map(dataField))
    else if (name === 'Data') fields.push(dataField(value))
    else if (isObject(value) && texts === undefined && !('#attributes' in value)) fields.push(...dataFields(value))
    else fields.push([name, textOf(texts) ?? ''])
  }
  return fields
}

function body(event: JsonObject, system: JsonObject): Body {
  const sections: Body['sections'] = { System: systemFields(system) }
  for (const section of ['EventData', 'UserData', 'RenderingInfo'] as const) {
    const part = event[section]
    if (isObject(part)) sections[section] = dataFields(part)
  }
  return { sections }
}

/**
 * An event as the evtx crate renders it to JSON: `evtx_dump -o json|jsonl`, Chainsaw, Sigma's regression data; attributes
 * under `#attributes`, or next to the element if they were asked to be separate. Source: omerbenamram/evtx json_output.rs.
 */
export function evtxJsonShape(object: JsonObject): Shape {
  const event = objectAt(object, 'Event')
  const system = objectAt(event, 'System')
  return {
    claims: {
      channel: elementText(system.Channel),
      eventCode: elementText(system.EventID),
      dest: elementText(system.Computer),
      recordId: elementText(system.EventRecordID),
      time: textOf(attributesOf(system, 'TimeCreated').SystemTime),
    },
    readTime: readStamp,
    body: () => body(event, system),
  }
}

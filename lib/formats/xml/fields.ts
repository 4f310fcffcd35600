import type { LoggedEvent, LoggedField, Section } from '#lib/asr/event.ts'
import type { Element } from '#lib/formats/xml/element.ts'

/** Fields that have a name of their own instead of `Element Attribute`. */
const systemNames: Record<string, string> = {
  'EventID Qualifiers': 'Qualifiers',
  'TimeCreated SystemTime': 'TimeCreated',
}

/** Elements of System that say all they have to say in attributes. */
const attributeOnly = new Set(['Provider', 'TimeCreated', 'Correlation', 'Execution', 'Security'])

/** Adds an element's text, attributes and children as fields, named by the path to them. */
function flatten(element: Element, path: string, fields: LoggedField[], textName = path): void {
  const isLeaf = element.children.length === 0
  if (isLeaf || element.text.trim() !== '') fields.push([textName, element.text])
  for (const [name, value] of element.attributes) fields.push([join(path, name), value])
  for (const child of element.children) flatten(child, join(path, child.name), fields)
}

const join = (path: string, name: string): string => (path ? `${path} ${name}` : name)

function systemFields(system: Element, fields: LoggedField[]): void {
  for (const child of system.children) {
    const own: LoggedField[] = []
    flatten(child, child.name, own)
    for (const [name, value] of own) {
      if (value === '' && name === child.name && attributeOnly.has(name)) continue
      fields.push([systemNames[name] ?? name, value])
    }
  }
}

function eventDataFields(eventData: Element, fields: LoggedField[]): void {
  for (const attribute of eventData.attributes) fields.push(attribute)
  for (const child of eventData.children) {
    const named = child.name === 'Data' ? (child.attributes.find(([name]) => name === 'Name')?.[1] ?? '') : child.name
    const attributes = child.name === 'Data' ? child.attributes.filter(([name]) => name !== 'Name') : child.attributes
    flatten({ ...child, attributes }, named, fields)
  }
}

/** UserData contains one element of the provider's own; its name says nothing that the event does not, so its content counts. */
function userDataFields(userData: Element, fields: LoggedField[]): void {
  for (const own of userData.children) {
    if (own.children.length === 0) flatten(own, own.name, fields)
    else {
      for (const attribute of own.attributes) fields.push(attribute)
      for (const child of own.children) flatten(child, child.name, fields)
    }
  }
}

function renderingFields(rendering: Element, fields: LoggedField[]): void {
  for (const attribute of rendering.attributes) fields.push(attribute)
  for (const child of rendering.children) flatten(child, child.name, fields)
}

/** Every field of an `<Event>` element, in order, by the part it is in. A part unknown to Windows is kept with UserData. */
export function eventSections(event: Element): LoggedEvent['sections'] {
  const sections: Partial<Record<Section, LoggedField[]>> = {}
  const part = (section: Section): LoggedField[] => {
    sections[section] ??= []
    return sections[section]
  }
  for (const child of event.children) {
    if (child.name === 'System') systemFields(child, part('System'))
    else if (child.name === 'EventData') eventDataFields(child, part('EventData'))
    else if (child.name === 'UserData') userDataFields(child, part('UserData'))
    else if (child.name === 'RenderingInfo') renderingFields(child, part('RenderingInfo'))
    else flatten(child, child.name, part('UserData'))
  }
  return sections
}

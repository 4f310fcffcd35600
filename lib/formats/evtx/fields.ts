import type { LoggedEvent, LoggedField, Section } from '#lib/asr/event.ts'
import type { Scope } from './scope.ts'
import { eachUnfolded, isLeftOut, repeatedTexts, textOf } from './scope.ts'
import type { Content, Element } from './tree.ts'

type Sections = LoggedEvent['sections']

const sectionNames = new Set<string>(['System', 'EventData', 'UserData', 'RenderingInfo'] satisfies Section[])

// Parts that Windows adds beside these (ProcessingErrorData, DebugData) are kept with what the provider logged itself.
const sectionOf = (name: string): Section => (sectionNames.has(name) ? (name as Section) : 'UserData')

// Attributes with a name of their own in the field's language; all others are named `Execution ProcessID`.
const attributeFields: Record<string, string> = {
  'EventID Qualifiers': 'Qualifiers',
  'TimeCreated SystemTime': 'TimeCreated',
}

const isNamespace = (attribute: string): boolean => attribute === 'xmlns' || attribute.startsWith('xmlns:')

/** Every field of the event in `content`, by the part of the event it stands in. Throws Damage where the tree is not whole. */
export function readSections(content: Content[], scope: Scope): Sections {
  const sections: Sections = {}
  eachUnfolded(content, scope, (event, eventScope) => {
    if (typeof event === 'string' || event.kind !== 'element' || event.name !== 'Event') return
    eachUnfolded(event.content, eventScope, (part, partScope) => {
      if (typeof part === 'string' || part.kind !== 'element' || isLeftOut(part.content, partScope)) return
      const section = sectionOf(part.name)
      const fields = sections[section] ?? []
      sections[section] = fields
      if (section === 'EventData') readData(part, partScope, fields)
      else readLeaves(part, partScope, fields, section)
    })
  })
  return sections
}

/** `<Data Name="ID">…</Data>` gives ID; a Data without Name has the name '', any other element its own. */
function readData(eventData: Element, scope: Scope, fields: LoggedField[]): void {
  eachUnfolded(eventData.content, scope, (item, itemScope) => {
    if (typeof item === 'string' || item.kind !== 'element' || isLeftOut(item.content, itemScope)) return
    const name = item.name === 'Data' ? dataName(item, itemScope) : item.name
    const texts = repeatedTexts(item, itemScope)
    if (texts) for (const text of texts) fields.push([name, text])
    else fields.push([name, textOf(item.content, itemScope)])
  })
}

function dataName(data: Element, scope: Scope): string {
  for (const { name, value } of data.attributes) if (name === 'Name') return textOf(value, scope)
  return ''
}

function readLeaves(element: Element, scope: Scope, fields: LoggedField[], section: Section): void {
  let hasElements = false
  const own = fields.length
  readAttributes(element, scope, fields, section)
  eachUnfolded(element.content, scope, (item, itemScope) => {
    if (typeof item === 'string' || item.kind !== 'element') return
    hasElements = true
    if (!isLeftOut(item.content, itemScope)) readLeaves(item, itemScope, fields, section)
  })
  if (hasElements || element.isEmpty) return
  const texts = repeatedTexts(element, scope) ?? [textOf(element.content, scope)]
  fields.splice(own, 0, ...texts.map((text): LoggedField => [element.name, text]))
}

function readAttributes(element: Element, scope: Scope, fields: LoggedField[], section: Section): void {
  for (const { name, value } of element.attributes) {
    if (isNamespace(name) || isLeftOut(value, scope)) continue
    const field = element.name === section ? name : `${element.name} ${name}`
    fields.push([attributeFields[field] ?? field, textOf(value, scope)])
  }
}

import type { LoggedEvent, LoggedField, Section } from '#lib/asr/event.ts'
import type { Scope } from './scope.ts'
import { eachUnfolded, isLeftOut, repeatedTexts, textOf } from './scope.ts'
import type { Content, Element } from './tree.ts'

type Sections = LoggedEvent['sections']

/** Fields that have a name of their own instead of `Element Attribute`. */
const systemNames: Record<string, string> = {
  'EventID Qualifiers': 'Qualifiers',
  'TimeCreated SystemTime': 'TimeCreated',
}

/** Elements of System that say all they have to say in attributes. */
const attributeOnly = new Set(['Provider', 'TimeCreated', 'Correlation', 'Execution', 'Security'])

/** Every field of the event in `content`, named as in its XML, by the part it is in. Throws Damage if the tree is not complete. */
export function readSections(content: Content[], scope: Scope): Sections {
  const sections: Sections = {}
  const part = (section: Section): LoggedField[] => {
    sections[section] ??= []
    return sections[section]
  }
  eachElement(content, scope, (event, eventScope) => {
    if (event.name !== 'Event') return
    eachElement(event.content, eventScope, (child, childScope) => {
      if (child.name === 'System') readSystem(child, childScope, part('System'))
      else if (child.name === 'EventData') readEventData(child, childScope, part('EventData'))
      else if (child.name === 'UserData') readUserData(child, childScope, part('UserData'))
      else if (child.name === 'RenderingInfo') readBelow(child, childScope, '', part('RenderingInfo'))
      // ProcessingErrorData, DebugData: parts that Windows adds if it could not do otherwise.
      else flatten(child, childScope, child.name, part('UserData'))
    })
  })
  return sections
}

/** Visits the elements in `content` that are not left out. */
function eachElement(content: Content[], scope: Scope, visit: (element: Element, scope: Scope) => void): void {
  eachUnfolded(content, scope, (item, itemScope) => {
    if (typeof item !== 'string' && item.kind === 'element' && !isLeftOut(item.content, itemScope))
      visit(item, itemScope)
  })
}

function readSystem(system: Element, scope: Scope, fields: LoggedField[]): void {
  eachElement(system.content, scope, (child, childScope) => {
    if (attributeOnly.has(child.name) && child.content.length === 0)
      readAttributes(child, childScope, child.name, fields)
    else flatten(child, childScope, child.name, fields)
  })
}

/** `<Data Name="ID">…</Data>` is ID; a Data without Name has the name '', any other element its own. */
function readEventData(eventData: Element, scope: Scope, fields: LoggedField[]): void {
  readAttributes(eventData, scope, '', fields)
  eachElement(eventData.content, scope, (child, childScope) => {
    if (child.name !== 'Data') flatten(child, childScope, child.name, fields)
    else flatten(child, childScope, dataName(child, childScope), fields, 'Name')
  })
}

function dataName(data: Element, scope: Scope): string {
  for (const { name, value } of data.attributes) if (name === 'Name') return textOf(value, scope)
  return ''
}

/** UserData contains one element of the provider's own; its name says nothing that the event does not, so its content counts. */
function readUserData(userData: Element, scope: Scope, fields: LoggedField[]): void {
  eachElement(userData.content, scope, (own, ownScope) => {
    const below: LoggedField[] = []
    if (readBelow(own, ownScope, '', below).isLeaf) flatten(own, ownScope, own.name, fields)
    else for (const field of below) fields.push(field)
  })
}

const join = (path: string, name: string): string => (path === '' ? name : `${path} ${name}`)

const isNamespace = (attribute: string): boolean => attribute === 'xmlns' || attribute.startsWith('xmlns:')

function readAttributes(element: Element, scope: Scope, path: string, fields: LoggedField[], except?: string): void {
  for (const { name, value } of element.attributes) {
    if (name === except || isNamespace(name) || isLeftOut(value, scope)) continue
    const field = join(path, name)
    fields.push([systemNames[field] ?? field, textOf(value, scope)])
  }
}

type Own = { text: string; isLeaf: boolean }

/** Adds an element's attributes and children as fields; returns its own text, and whether it has no children. */
function readBelow(element: Element, scope: Scope, path: string, fields: LoggedField[], except?: string): Own {
  const own: Own = { text: '', isLeaf: true }
  readAttributes(element, scope, path, fields, except)
  eachUnfolded(element.content, scope, (item, itemScope) => {
    if (typeof item === 'string') own.text += item
    else if (item.kind === 'element') {
      own.isLeaf = false
      if (!isLeftOut(item.content, itemScope)) flatten(item, itemScope, join(path, item.name), fields)
    }
  })
  return own
}

/** Adds an element's text, attributes and children as fields, named by the path to them. */
function flatten(element: Element, scope: Scope, path: string, fields: LoggedField[], except?: string): void {
  const texts = repeatedTexts(element, scope)
  const below: LoggedField[] = []
  if (texts) {
    readAttributes(element, scope, path, below, except)
    for (const text of texts) fields.push([path, text])
  } else {
    const { text, isLeaf } = readBelow(element, scope, path, below, except)
    if (isLeaf || text.trim() !== '') fields.push([path, text])
  }
  for (const field of below) fields.push(field)
}

import type { Section } from '#lib/asr/event.ts'
import { escapeAttribute, escapeText } from '#lib/asr/xml-text.ts'

type Field = { section: Section; name: string; value: string }

const namespace = 'http://schemas.microsoft.com/win/2004/08/events/event'

/** The elements of System in the order of Windows, and the attributes of those that have some (event.xsd of the Windows SDK). */
const systemElements: [name: string, attributes: string[]][] = [
  ['Provider', ['Name', 'Guid', 'EventSourceName']],
  ['EventID', ['Qualifiers']],
  ['Version', []],
  ['Level', []],
  ['Task', []],
  ['Opcode', []],
  ['Keywords', []],
  ['TimeCreated', ['SystemTime', 'RawTime']],
  ['EventRecordID', []],
  ['Correlation', ['ActivityID', 'RelatedActivityID']],
  ['Execution', ['ProcessID', 'ThreadID', 'ProcessorID', 'SessionID', 'KernelTime', 'UserTime', 'ProcessorTime']],
  ['Channel', []],
  ['Computer', []],
  ['Security', ['UserID']],
]

/** Attributes whose fields have a name of their own instead of `Element Attribute`. */
const ownNames: Record<string, string> = { 'EventID Qualifiers': 'Qualifiers', 'TimeCreated SystemTime': 'TimeCreated' }

/** Elements that Windows writes even if they have nothing to say. */
const always = ['Correlation', 'Security']

const attribute = (name: string, value: string): string => ` ${name}='${escapeAttribute(value)}'`

function systemXml(fields: Map<string, string>): string {
  let xml = ''
  for (const [element, names] of systemElements) {
    let start = `<${element}`
    for (const name of names) {
      const field = `${element} ${name}`
      const value = fields.get(ownNames[field] ?? field)
      if (value !== undefined) start += attribute(name, value)
    }
    const text = names.length > 0 && element !== 'EventID' ? undefined : fields.get(element)
    if (text !== undefined) xml += `${start}>${escapeText(text)}</${element}>`
    else if (start !== `<${element}` || always.includes(element)) xml += `${start}/>`
  }
  return xml
}

function dataXml({ name, value }: Field): string {
  return `<Data${name === '' ? '' : attribute('Name', name)}>${escapeText(value)}</Data>`
}

/** What Windows rendered for a reader: `Culture`, then elements, of which Keywords has one for each of its own. */
function renderingXml(fields: Field[]): string {
  if (fields.length === 0) return ''
  const culture = fields.find(({ name }) => name === 'Culture')
  const keywords = fields.filter(({ name }) => name === 'Keywords Keyword')
  const elements = fields.filter(({ name }) => name !== 'Culture' && !name.includes(' ') && name !== 'Keywords')
  const texts = elements.map(({ name, value }) => `<${name}>${escapeText(value)}</${name}>`)
  const inside = keywords.map(({ value }) => `<Keyword>${escapeText(value)}</Keyword>`).join('')
  const start = `<RenderingInfo${culture === undefined ? '' : attribute('Culture', culture.value)}>`
  return `${start}${texts.join('')}<Keywords>${inside}</Keywords></RenderingInfo>`
}

/**
 * The complete XML of an event, built again from the fields it was logged with, as Windows renders it. Null if they are
 * not those of its XML: messages, or the exports of tools that name fields in their own way.
 */
export function eventXml(fields: readonly Field[]): string | null {
  const of = (section: Section): Field[] => fields.filter((field) => field.section === section)
  const system = new Map(of('System').map(({ name, value }) => [name, value]))
  const isXml = ['EventID', 'Provider Name', 'TimeCreated', 'Channel', 'Computer'].every((name) => system.has(name))
  if (!isXml || of('UserData').length > 0 || of('Message').length > 0) return null
  const data = of('EventData').map(dataXml).join('')
  const event = `<System>${systemXml(system)}</System><EventData>${data}</EventData>${renderingXml(of('RenderingInfo'))}`
  return `<Event xmlns='${namespace}'>${event}</Event>`
}

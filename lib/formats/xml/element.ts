import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { decodeEntities } from '#lib/formats/xml/entities.ts'

/** An XML element without its namespace prefixes; `text` is its own text and CDATA, put together. */
export type Element = { name: string; attributes: [name: string, value: string][]; children: Element[]; text: string }

/** A node as fast-xml-parser returns it with `preserveOrder`: a text, a CDATA section or an element under its own name. */
type Node = { [name: string]: unknown }

/**
 * Values are kept as written: no numbers, no trimming. Entities are left to `decodeEntities`, for fast-xml-parser would
 * decode those that a DOCTYPE declares, and stop at a limit; CDATA is kept apart so that none is decoded in it.
 */
const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  processEntities: false,
  jPath: false,
})

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
const isNamespace = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:')

function toElement(name: string, node: Node): Element {
  const element: Element = { name: localName(name), attributes: [], children: [], text: '' }
  for (const [attribute, value] of Object.entries((node[':@'] ?? {}) as Record<string, string>)) {
    if (!isNamespace(attribute)) element.attributes.push([localName(attribute), decodeEntities(value)])
  }
  for (const child of node[name] as Node[]) {
    const key = Object.keys(child)[0] as string
    if (key === '#text') element.text += decodeEntities(child[key] as string)
    else if (key === '#cdata') element.text += (child[key] as Node[]).map((part) => part['#text']).join('')
    else if (!key.startsWith('?')) element.children.push(toElement(key, child))
  }
  return element
}

/** What of XML beyond elements, comments and CDATA a record holds: a declaration that is refused, or nothing. */
function findDeclaration(text: string): 'doctype' | 'not-well-formed' | null {
  for (let at = text.indexOf('<!'); at >= 0; at = text.indexOf('<!', at)) {
    const end = text.startsWith('<![CDATA[', at) ? ']]>' : text.startsWith('<!--', at) ? '-->' : null
    if (end === null) return /^<!doctype/i.test(text.slice(at, at + 9)) ? 'doctype' : 'not-well-formed'
    const closed = text.indexOf(end, at + 4)
    if (closed < 0) return 'not-well-formed'
    at = closed + end.length
  }
  return null
}

/** An element, or why the text is none. */
export type Parsed = { element: Element } | { reason: 'doctype' | 'not-well-formed'; detail: string }

/**
 * Reads one XML element strictly, with fast-xml-parser: its parser accepts anything, so its validator is asked first.
 * As XML has it, `\r\n` and `\r` in it become `\n`; a carriage return that was logged is written `&#13;`.
 */
export function parseElement(text: string): Parsed {
  const declaration = findDeclaration(text)
  if (declaration === 'doctype') return { reason: 'doctype', detail: 'a document type declaration within a record' }
  if (declaration)
    return { reason: declaration, detail: "'<!' begins neither a closed comment nor a closed CDATA section" }
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    const { msg, line, col } = valid.err
    return { reason: 'not-well-formed', detail: `${shorten(msg)} (line ${line}, column ${col ?? 1} of the record)` }
  }
  try {
    const nodes = parser.parse(text) as Node[]
    const root = nodes.find((node) => !/^[#?]/.test(Object.keys(node)[0] as string)) as Node
    return { element: toElement(Object.keys(root)[0] as string, root) }
  } catch (error) {
    return { reason: 'not-well-formed', detail: shorten(String(error instanceof Error ? error.message : error)) }
  }
}

const shorten = (message: string): string =>
  message.length > 200 ? `${message.slice(0, 200).toWellFormed()}…` : message

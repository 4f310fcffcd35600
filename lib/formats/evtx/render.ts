import { spend } from './chunk.ts'
import type { Scope } from './scope.ts'
import { eachUnfolded, isLeftOut, repeatedTexts, textOf } from './scope.ts'
import type { Content, Element } from './tree.ts'

// A carriage return that is not escaped would be read back as a line feed (XML 1.0, 2.11), a line break in an attribute as a blank.
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

// Characters that XML 1.0 cannot hold, written as `\x01`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g
const code = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`

const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (c) => escapes[c] ?? c).replace(notInXml, code)
const escapeAttribute = (text: string): string =>
  text.replace(/[&<>'\r\n\t]/g, (c) => escapes[c] ?? c).replace(notInXml, code)

/** The XML of `content` as Windows renders it: single quotes, no declaration, no white space added. Throws Damage. */
export function renderXml(content: Content[], scope: Scope): string {
  let xml = ''
  eachUnfolded(content, scope, (item, itemScope) => {
    if (typeof item === 'string') xml += escapeText(item)
    else if (item.kind === 'element') xml += renderElement(item, itemScope)
    else if (item.kind === 'instruction') xml += `<?${item.target} ${item.data.replaceAll('?>', '?&gt;')}?>`
  })
  return xml
}

function renderElement(element: Element, scope: Scope): string {
  if (isLeftOut(element.content, scope)) return ''
  spend(scope.chunk, 2 * element.name.length, 0)
  let start = `<${element.name}`
  for (const { name, value } of element.attributes)
    if (!isLeftOut(value, scope)) start += ` ${name}='${escapeAttribute(textOf(value, scope))}'`
  if (element.isEmpty) return `${start}/>`
  const around = (inside: string): string => `${start}>${inside}</${element.name}>`
  const texts = repeatedTexts(element, scope)
  return texts ? texts.map((text) => around(escapeText(text))).join('') : around(renderXml(element.content, scope))
}

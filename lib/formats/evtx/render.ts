import { escapeAttribute, escapeText } from '#lib/asr/xml-text.ts'
import { spend } from './chunk.ts'
import type { Scope } from './scope.ts'
import { eachUnfolded, isLeftOut, repeatedTexts, textOf } from './scope.ts'
import type { Content, Element } from './tree.ts'

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

import type { Json, JsonObject } from '#lib/formats/json/value.ts'
import type { Element } from '#lib/formats/xml/element.ts'

/** Characters that XML cannot contain are written `_x000D_`; an underscore that begins such a name is `_x005F_`. Source: MS-PSRP 2.2.5.3.2. */
export const decodeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

const lists = new Set(['LST', 'IE', 'QUE', 'STK'])

const nameOf = (element: Element): string | undefined => element.attributes.find(([name]) => name === 'N')?.[1]

/** The properties of an object: those of its type, and those that PowerShell has added (`Message`). */
function properties(element: Element): JsonObject {
  const object: JsonObject = Object.create(null)
  for (const part of element.children) {
    if (part.name !== 'Props' && part.name !== 'MS') continue
    for (const property of part.children) object[decodeText(nameOf(property) ?? '')] = toValue(property)
  }
  return object
}

/** A value of CLIXML as `ConvertTo-Json` would have it; an object without properties is its text. Source: MS-PSRP 2.2.5. */
export function toValue(element: Element): Json {
  if (element.name === 'Nil') return null
  if (element.name !== 'Obj') return decodeText(element.text)
  const list = element.children.find(({ name }) => lists.has(name))
  if (list) return list.children.map(toValue)
  const object = properties(element)
  if (Object.keys(object).length > 0) return object
  const text = element.children.find(({ name }) => name === 'ToString')
  return text ? decodeText(text.text) : null
}

import type { SelectedColumn } from './selection.ts'
import { isAnyText, partsOf, type Text } from './text.ts'

// What XML 1.0 cannot contain, not even by number.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** Why the filter of a Windows log cannot ask for a text: it compares complete values, and its strings have no escapes. */
export function xpathProblem(column: SelectedColumn, names: readonly string[], text: Text): string | null {
  if (isAnyText(text)) return null
  const [value = '', more] = partsOf(text)
  const complete = 'the filter of a Windows log compares complete values'
  if (column === 'ID' && names.includes('New Value'))
    return `ID: in a 5007 the rule is a part of its values, and ${complete}.`
  if (more !== undefined) return `${column} has a wildcard, and ${complete}.`
  if (value.includes("'") && value.includes('"'))
    return `${column} contains both ' and ", and a string of XPath can contain only one of them.`
  return notInXml.test(value) ? `${column} contains a control character, which XML cannot contain.` : null
}

/** A string of XPath 1.0, in the quotes that the value does not contain. */
const xpathString = (value: string): string => (value.includes("'") ? `"${value}"` : `'${value}'`)

/** A comparison of an element of the event with a text without problems. */
export const xpathText = (element: string, text: Text): string =>
  isAnyText(text) ? `${element}!=''` : `${element}=${xpathString(partsOf(text)[0] ?? '')}`

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** An XPath as the content of an element of XML, on one line. */
export const xpathXml = (xpath: string): string =>
  xpath
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(hidden, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`)

import { printableText } from '#lib/log/printable.ts'
import { withoutFormulas } from '#lib/text/formula.ts'

const isAscii = /^[\x20-\x7e]*$/

/** Control and direction characters as `\uXXXX`, apart from tabs and line breaks; a backslash that begins such a text too. */
function withoutControls(text: string): string {
  const escaped = text.includes('\\u') ? text.replace(/\\(?=u[\da-f]{4})/gi, '\\u005c') : text
  return isAscii.test(escaped) ? escaped : printableText(escaped)
}

/** Returns a text for a cell of a CSV file, in which it neither runs as a formula nor steers a terminal. docs/api.md says how to read it back. */
export const harmless = (text: string): string => withoutFormulas(withoutControls(text))

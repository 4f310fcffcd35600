import { isAnyText, partsOf, regexOf, type Text } from './text.ts'

// What a verbatim string cannot contain or an editor could take for the end of a line, or would not show.
const escaped = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const unicode = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** A string literal of KQL: verbatim, or with escapes if it has characters that do not show. */
export function kqlString(text: string): string {
  if (text.search(escaped) === -1) return `@"${text.replaceAll('"', '""')}"`
  return `"${text.replace(/["\\]/g, '\\$&').replace(escaped, unicode)}"`
}

/** A comparison of an expression with a text, without regard to case, by the simplest operator that can express it. */
export function kqlText(expression: string, text: Text): string {
  if (isAnyText(text)) return `isnotempty(${expression})`
  const [first = '', ...rest] = partsOf(text)
  const [second = '', third] = rest
  if (rest.length === 0) return `${expression} =~ ${kqlString(first)}`
  if (rest.length === 1 && first === '') return `${expression} endswith ${kqlString(second)}`
  if (rest.length === 1 && second === '') return `${expression} startswith ${kqlString(first)}`
  if (rest.length === 2 && first === '' && third === '') return `${expression} contains ${kqlString(second)}`
  return `${expression} matches regex ${kqlString(regexOf(text))}`
}

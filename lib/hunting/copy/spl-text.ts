import type { Term } from './term.ts'
import { isAnyText, mapText, partsOf, regexOf, type Text } from './text.ts'

/** Splunk's fields of a Data name: blanks become `_`, and a message (renderXml=false) spells some names in another way. */
const messageNames: Record<string, string> = {
  'Policy Rule Id': 'Policy_Rule_ID',
  'User Sid': 'User_SID',
  'Old Value': 'Old_value',
  'New Value': 'New_value',
}

/** The names of a field in Splunk, of XML and of messages. */
export const splFields = (name: string): string[] => {
  const message = messageNames[name]
  return [name.replaceAll(' ', '_'), ...(message === undefined ? [] : [message])]
}

/** `search` cannot contain a literal `*`, and a macro starts at a backtick; control characters would break the line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notInSearch = /[*`\0-\x1f\x7f]/

export const isSearchable = (text: Text): boolean => !partsOf(text).some((part) => notInSearch.test(part))

/** A string literal of SPL: a backslash escapes itself and the quote. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** Splunk leaves the entities of XML events as they are, and messages have none: both forms are asked for. */
const forms = (text: Text): Text[] => {
  const escaped = mapText(text, (part) => part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'))
  return JSON.stringify(escaped) === JSON.stringify(text) ? [text] : [text, escaped]
}

export const either = (terms: readonly string[], or = ' OR '): string =>
  terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(or)})`

/** A comparison of the search command, in which `*` is any text and case does not matter. */
const searched = (field: string, text: Text): string =>
  isAnyText(text)
    ? `${field}=*`
    : `${field}="${partsOf(text)
        .map((part) => part.replace(/["\\]/g, '\\$&'))
        .join('*')}"`

/** The same as an expression of `where`. A field that is missing compares as an empty text, never as null. */
const evaluated = (field: string, text: Text): string =>
  isAnyText(text) ? `coalesce(${field}, "")!=""` : `match(coalesce(${field}, ""), ${quoted(regexOf(text))})`

/** A comparison of one of some fields with a text: as the search command or `where` has it. */
export const splText = (fields: readonly string[], text: Text, by: 'search' | 'where'): string[] =>
  fields.flatMap((field) => forms(text).map((form) => (by === 'search' ? searched : evaluated)(field, form)))

export function splTerm({ names, fits, texts }: Term, by: 'search' | 'where'): string {
  const fields = names.flatMap(splFields)
  const found = either(texts.flatMap((text) => splText(fields, text, by)))
  if (fits === 'any') return found
  return by === 'where' && !found.startsWith('(') ? `NOT (${found})` : `NOT ${found}`
}

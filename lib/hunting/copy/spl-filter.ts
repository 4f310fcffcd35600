import { detectionTable } from '#db/lookup/detections.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { codesOf } from './plan.ts'
import type { Selected } from './selection.ts'
import { either, isSearchable, splText } from './spl-text.ts'
import { likeText, type Text } from './text.ts'

/** A pattern that a `_filter` macro cannot contain: its place in the list, and why. */
export type LeftOut = { pattern: number; why: string }

const codeColumns = ['EventCode', 'mode', 'feature']

type Entry = (typeof detectionTable)[number]
type Terms = { field: string; text: Text }[]

/** The EventCodes of a pattern as far as the detection has others too. */
function codeTerm(pattern: readonly Selected[], { codes }: Entry): string[] | string {
  const wanted = codesOf(pattern)
  const found = codes.filter((code) => wanted.includes(code))
  if (found.length === 0) return 'No row of this detection has such an EventCode.'
  return found.length === codes.length ? [] : found.map(String)
}

/** The terms of a pattern over the fields of a detection's rows, or why it has none. */
function termsOf(pattern: readonly Selected[], { by }: Entry): Terms | string {
  const terms: Terms = []
  for (const { column, value, match } of pattern) {
    if (codeColumns.includes(column)) continue
    const fields: readonly string[] = by
    const field = column === 'ID' && fields.includes('ASR_ID') ? 'ASR_ID' : column
    if (!fields.includes(field)) return `The rows of this detection have no ${column}.`
    if (value === null || value === '') return `Splunk's stats drops events without ${column}.`
    if (!value.isWellFormed()) return `${column} contains half a character (a lone surrogate).`
    terms.push({ field, text: match === 'wildcard' ? likeText(value) : { kind: 'equals', value } })
  }
  return terms
}

/**
 * Returns the stanza of macros.conf that makes Splunk's detection leave out the rows of some patterns, and which of them it
 * cannot contain. A pattern is the columns that a row must all have; one of the patterns is enough to leave it out.
 */
export function filterMacro(
  detection: DetectionKey,
  patterns: readonly (readonly Selected[])[],
): { text: string; leftOut: LeftOut[] } {
  const entry = detectionTable.find(({ key }) => key === detection) as Entry
  const leftOut: LeftOut[] = []
  const plain: string[] = []
  const others: string[] = []
  for (const [at, pattern] of patterns.entries()) {
    const codes = codeTerm(pattern, entry)
    const terms = termsOf(pattern, entry)
    const why = [codes, terms].find((each) => typeof each === 'string')
    if (typeof codes === 'string' || typeof terms === 'string') leftOut.push({ pattern: at, why: String(why) })
    else if (terms.every(({ text }) => isSearchable(text))) plain.push(inSearch(codes, terms))
    else others.push(inWhere(codes, terms))
  }
  const commands = [
    ...(plain.length === 0 ? [] : [`search NOT (${plain.join(' OR ')})`]),
    ...(others.length === 0 ? [] : [`where NOT (${others.join(' OR ')})`]),
  ]
  const definition = commands.length === 0 ? 'search *' : commands.join(' | ')
  return { text: `[${entry.view}_filter]\ndefinition = ${definition}\n`, leftOut }
}

/** Every row has a host, so a pattern without terms leaves out every row. */
const every = (terms: readonly string[], all: string): readonly string[] => (terms.length === 0 ? [all] : terms)

function inSearch(codes: readonly string[], terms: Terms): string {
  const code =
    codes.length === 0 ? [] : [codes.length === 1 ? `EventCode=${codes[0]}` : `EventCode IN (${codes.join(', ')})`]
  const texts = terms.map(({ field, text }) => either(splText([field], text, 'search')))
  return `(${every([...code, ...texts], 'dest=*').join(' ')})`
}

function inWhere(codes: readonly string[], terms: Terms): string {
  const code = codes.length === 0 ? [] : [either(codes.map((each) => `EventCode=${each}`))]
  return `(${[...code, ...terms.map(({ field, text }) => either(splText([field], text, 'where')))].join(' AND ')})`
}

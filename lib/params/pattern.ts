import { fitsLower } from '#lib/text/fits.ts'

/** A filter value taken apart: whether it leaves out, whether the rest is meant literally, and the rest. */
export type FilterWords = { excludes: boolean; isLiteral: boolean; value: string }

/** Reads a filter value as its URL has it: a leading `!` leaves out, a leading `=` takes the rest literally. */
export function filterWords(written: string): FilterWords {
  const excludes = written.startsWith('!')
  const rest = excludes ? written.slice(1) : written
  const isLiteral = rest.startsWith('=')
  return { excludes, isLiteral, value: isLiteral ? rest.slice(1) : rest }
}

/** A filter value that leaves out what it kept, or keeps what it left out. */
export const negated = (written: string): string => (written.startsWith('!') ? written.slice(1) : `!${written}`)

/** A text to be found: whether it leaves out, and the literal parts between its wildcards. */
export type Pattern = { exclude: boolean; parts: string[] }

/** The pattern of a filter value, in which `*` is a wildcard. */
export function readPattern(written: string): Pattern {
  const { excludes, isLiteral, value } = filterWords(written)
  return { exclude: excludes, parts: isLiteral ? [value] : value.split(/\*+/) }
}

/** The pattern of a text in which `*` is a wildcard and nothing else means anything. */
export const wildcard = (text: string): Pattern => ({ exclude: false, parts: text.split(/\*+/) })

/** The pattern that finds a text anywhere; `*` in it is a wildcard too. */
export const anywhere = (text: string): Pattern => ({ exclude: false, parts: ['', ...text.split(/\*+/), ''] })

/** Whether a text fits a pattern, without regard to case. Linear: a pattern is never made a regular expression. */
export const fits = ({ parts }: Pattern, text: string): boolean =>
  fitsLower(
    parts.map((part) => part.toLowerCase()),
    text.toLowerCase(),
  )

/** Whether filter values of one field leave a text: one of those that do not exclude fits it, if there are any, and no other does. */
export function isAllowed(written: readonly string[], text: string): boolean {
  const { true: excluding = [], false: including = [] } = Object.groupBy(written.map(readPattern), ({ exclude }) =>
    exclude ? 'true' : 'false',
  )
  return (
    (including.length === 0 || including.some((each) => fits(each, text))) &&
    !excluding.some((each) => fits(each, text))
  )
}

/** A filter as the URL has it, in parts: whether it leaves out, and what. A `*` in the value is a wildcard. */
export type FilterWords = { excludes: boolean; value: string; isLiteral: boolean }

/** Reads a filter's text: a leading `!` leaves out, a leading `=` takes the rest literally. */
export function filterWords(written: string): FilterWords {
  const excludes = written.startsWith('!')
  const rest = excludes ? written.slice(1) : written
  const isLiteral = rest.startsWith('=')
  return { excludes, value: isLiteral ? rest.slice(1) : rest, isLiteral }
}

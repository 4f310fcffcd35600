import type { Value } from '#lib/store/store.ts'

/** A condition in SQL and the values bound to it. */
export type Condition = { sql: string; values: Value[] }

/** A filter value taken apart: whether it excludes, and the literal parts between its wildcards. */
export type Pattern = { exclude: boolean; parts: string[] }

/** Reads a filter value as its URL has it: `!` excludes, `=` takes the rest literally, `*` is a wildcard. */
export function readPattern(written: string): Pattern {
  const exclude = written.startsWith('!')
  const rest = exclude ? written.slice(1) : written
  return { exclude, parts: rest.startsWith('=') ? [rest.slice(1)] : rest.split(/\*+/) }
}

/** The pattern that finds a text anywhere; `*` in it is a wildcard too. */
export const anywhere = (text: string): Pattern => ({ exclude: false, parts: ['', ...text.split(/\*+/), ''] })

/** The pattern as SQL's LIKE has it, with `\` as its escape. */
export const likeOf = ({ parts }: Pattern): string => parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%')

/**
 * A condition that the text in a column fits a pattern, without regard to the case of ASCII. For LIKE a text ends at its
 * first NUL character, so what has one is compared, or looked for, byte by byte. It is not combined with wildcards.
 */
export function textFits(column: string, pattern: Pattern): Condition {
  const { parts } = pattern
  const [first = '', text = '', last] = parts
  const like = { sql: `${column} LIKE ? ESCAPE '\\'`, values: [likeOf(pattern)] }
  if (parts.some((part) => part.includes('\0'))) {
    if (parts.length === 1) return { sql: `lower(${column}) = lower(?)`, values: [first] }
    const isAnywhere = parts.length === 3 && first === '' && last === ''
    return isAnywhere ? { sql: `instr(lower(${column}), lower(?)) > 0`, values: [text] } : none
  }
  if (parts.length > 1) return like
  return all([like, { sql: `octet_length(${column}) = ?`, values: [Buffer.byteLength(first)] }])
}

/** Whether a text fits a pattern, without regard to case. Linear: a pattern is never made a regular expression. */
export function fits({ parts }: Pattern, text: string): boolean {
  const lower = text.toLowerCase()
  const [first = '', ...rest] = parts.map((part) => part.toLowerCase())
  const last = rest.pop()
  if (last === undefined) return lower === first
  if (!lower.startsWith(first) || !lower.endsWith(last)) return false
  let at = first.length
  for (const part of rest) {
    const found = lower.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return at <= lower.length - last.length
}

/** Joined in halves: SQLite takes `a OR b OR c` for a chain and refuses one of more than 1000. */
function joined(parts: string[], operator: 'AND' | 'OR'): string {
  if (parts.length <= 1) return parts.join('')
  const half = Math.ceil(parts.length / 2)
  return `(${joined(parts.slice(0, half), operator)} ${operator} ${joined(parts.slice(half), operator)})`
}

const combined = (conditions: Condition[], operator: 'AND' | 'OR', none: string): Condition => ({
  sql:
    conditions.length === 0
      ? none
      : joined(
          conditions.map(({ sql }) => sql),
          operator,
        ),
  values: conditions.flatMap(({ values }) => values),
})

export const all = (conditions: Condition[]): Condition => combined(conditions, 'AND', 'true')

const none: Condition = { sql: 'false', values: [] }

export const any = (conditions: Condition[]): Condition => combined(conditions, 'OR', 'false')

/** What the filters of one field ask for: one of the included patterns, and none of the excluded. */
export function matching(written: string[], match: (pattern: Pattern) => Condition): Condition[] {
  const patterns = written.map(readPattern)
  const included = patterns.filter(({ exclude }) => !exclude).map(match)
  const excluded = patterns.filter(({ exclude }) => exclude).map(match)
  return [
    ...(included.length === 0 ? [] : [any(included)]),
    ...excluded.map(({ sql, values }) => ({ sql: `NOT (${sql})`, values })),
  ]
}

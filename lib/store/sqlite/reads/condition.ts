import type { Pattern } from '#lib/params/pattern.ts'
import type { Range } from '#lib/store/reads.ts'
import { shortPart } from '#lib/text/place-of.ts'
import type { Value } from '../sql.ts'

/** A condition in SQL and the values bound to it. */
export type Condition = { sql: string; values: Value[] }

/** The pattern as SQL's LIKE has it, with `\` as its escape. */
export const likeOf = ({ parts }: Pattern): string => parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%')

/** Whether LIKE is quick: it compares each part with every place of a text, unless there is only one, which is the complete text. */
export const isQuick = (parts: readonly string[]): boolean =>
  parts.length === 1 || parts.every((part) => part.length <= shortPart)

const isAscii = (parts: readonly string[]): boolean =>
  parts.every((part) => [...part].every((character) => character > '\0' && character < '\x80'))

/**
 * Parts of conditions that a text fits a pattern, without regard to case. LIKE ends a text at its first NUL character, so a text
 * with one is `isUnusual`, and is given to the function `text_fits` (see database.ts). LIKE also folds the case of ASCII only: for
 * a pattern with other letters, all texts that have some are unusual. No usual text fits a pattern with a NUL character.
 */
function fitting(column: string, pattern: Pattern) {
  const parts = pattern.parts.map((part) => part.toLowerCase())
  const like = { sql: `${column} LIKE ? ESCAPE '\\'`, values: [likeOf({ ...pattern, parts })] }
  const own = { sql: `text_fits(${column}, ?) = 1`, values: [JSON.stringify(parts)] }
  return {
    isUnusual: isAscii(parts) ? `instr(${column}, char(0)) > 0` : `octet_length(${column}) <> length(${column})`,
    usual: parts.some((part) => part.includes('\0')) ? { sql: 'false', values: [] } : isQuick(parts) ? like : own,
    unusual: own,
  }
}

/** A condition that the text in a column of few rows fits a pattern. */
export function textFits(column: string, pattern: Pattern): Condition {
  const { isUnusual, usual, unusual } = fitting(column, pattern)
  return {
    sql: `CASE WHEN ${isUnusual} THEN ${unusual.sql} ELSE ${usual.sql} END`,
    values: [...unusual.values, ...usual.values],
  }
}

/** SQL of the numbers of the texts in the dictionary that fit a pattern. Indexes have the unusual ones. */
export function fittingTexts(pattern: Pattern): Condition {
  const { isUnusual, usual, unusual } = fitting('value', pattern)
  return {
    sql: `SELECT id FROM text WHERE ${usual.sql} AND id NOT IN (SELECT id FROM text WHERE ${isUnusual})
      UNION ALL SELECT id FROM text WHERE ${isUnusual} AND ${unusual.sql}`,
    values: [...usual.values, ...unusual.values],
  }
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

export const all = (conditions: Condition[]): Condition =>
  combined(
    conditions.filter(({ sql }) => sql !== 'true'),
    'AND',
    'true',
  )

export const any = (conditions: Condition[]): Condition => combined(conditions, 'OR', 'false')

/** What the filters of one field ask for: one of the included patterns, and none of the excluded. */
export function matching(patterns: readonly Pattern[], match: (pattern: Pattern) => Condition): Condition[] {
  const included = patterns.filter(({ exclude }) => !exclude).map(match)
  const excluded = patterns.filter(({ exclude }) => exclude).map(match)
  return [
    ...(included.length === 0 ? [] : [any(included)]),
    ...excluded.map(({ sql, values }) => ({ sql: `NOT (${sql})`, values })),
  ]
}

/** The condition that a column has one of some numbers, of which there may be none. */
export const among = (column: string, numbers: readonly number[]): string =>
  numbers.length === 0 ? 'false' : `${column} IN (${numbers.join(', ')})`

/** The condition that a time in a column is in a range. */
export const inRange = (column: string, { from, to }: Range): Condition =>
  all([
    ...(from === null ? [] : [{ sql: `${column} >= ?`, values: [from] }]),
    ...(to === null ? [] : [{ sql: `${column} <= ?`, values: [to] }]),
  ])

import { wildcardsProblem } from '#lib/hunting/wildcards.ts'
import type { Params, Problem } from './params.ts'
import { filterWords } from './pattern.ts'

/** Who reads the rows: a page of the screen, a program that takes JSON, or one that takes an export. */
export type Reader = 'page' | 'json' | 'export'

/** Rows that one page can have. An export is written as it is read, so its bound only keeps numbers exact. */
export const longestPage: Record<Reader, number> = { page: 1000, json: 10_000, export: 1_000_000_000 }

/** Pages up to which the number of the first row of a page is exact, however long the pages are. */
export const mostPages = 1_000_000

/** Columns that rows can be sorted by, and values of all filters together. */
export const mostSorts = 10
export const mostValues = 100

const shown = (text: string): string => text.slice(0, 120)

/** What is wrong with a `sort` that names too many columns; null if it does not. */
export function sortProblem(text: string): Problem | null {
  const { length } = text.split(',')
  if (length <= mostSorts) return null
  const message = `These are ${length} columns. Sort by at most ${mostSorts}.`
  return { param: 'sort', value: shown(text), message, showsNothing: true }
}

/** What is wrong with filters that have too many values; null if they do not. */
export function valuesProblem(filters: Params['filters'] & Params['stackFilters']): Problem | null {
  const all = Object.entries(filters).flatMap(([field, values]) => values.map((value) => [field, value] as const))
  const [param, value] = all[mostValues] ?? []
  if (param === undefined || value === undefined) return null
  const message = `Filters can have ${mostValues} values in all, and this link has ${all.length}.`
  return { param, value: shown(value), message, showsNothing: true }
}

/** What is wrong with a filter or a searched text that has too many wildcards; null if none has. Ignoring it would show more rows. */
export function patternsProblem({ filters, q }: Pick<Params, 'filters' | 'q'>): Problem | null {
  const written = Object.entries(filters).flatMap(([field, values]) => values.map((value) => [field, value] as const))
  const patterns = written.flatMap(([field, text]) => {
    const { isLiteral, value } = filterWords(text)
    return isLiteral ? [] : [[field, value] as const]
  })
  for (const [param, value] of [...patterns, ['q', q ?? ''] as const]) {
    const message = wildcardsProblem(value)
    if (message !== null) return { param, value: shown(value), message, showsNothing: true }
  }
  return null
}

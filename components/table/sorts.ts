import { mostSorts } from '#lib/params/limits.ts'
import type { Sort } from '#lib/params/params.ts'

/**
 * Returns an order with a column added at its end. If it has the column, the direction is the other one; pressed once more, the column
 * is removed. The only column of an order stays. An order that has as many columns as it can have stays as it is.
 */
export function withSort(sort: readonly Sort[], column: string, isFirstDescending: boolean): Sort[] {
  const there = sort.find((each) => each.column === column)
  if (there === undefined)
    return sort.length < mostSorts ? [...sort, { column, descending: isFirstDescending }] : [...sort]
  if (there.descending !== isFirstDescending && sort.length > 1) return sort.filter((each) => each !== there)
  return sort.map((each) => (each === there ? { column, descending: !each.descending } : each))
}

/** An order without one of its columns. */
export const withoutSort = (sort: readonly Sort[], column: string): Sort[] =>
  sort.filter((each) => each.column !== column)

/** The direction of a column in words. */
export const directionText = ({ descending }: Sort): string => (descending ? 'falling' : 'rising')

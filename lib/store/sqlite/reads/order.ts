import type { Sort } from '#lib/params/params.ts'

/**
 * The order of a table. Equal rows keep one order by `tie`, so that a shared link shows the same; it runs the way the
 * last column does, so that one index can serve both. Columns come from a closed list.
 */
export function orderBy(sort: readonly Sort[], tie: string, name = (column: string) => `"${column}"`): string {
  return ordered(sort, `${tie} ${way(sort.at(-1) ?? { descending: false })}`, name)
}

/**
 * The order of rows that no index has: equal rows in the order in which they are read. A page then keeps the first of
 * them, and does not replace them by each that follows.
 */
export function orderAsRead(sort: readonly Sort[], tie: string, name: (column: string) => string): string {
  return ordered(sort, `${tie} ASC`, name)
}

const way = ({ descending }: { descending: boolean }) => (descending ? 'DESC' : 'ASC')

const ordered = (sort: readonly Sort[], tie: string, name: (column: string) => string): string =>
  [...sort.map((each) => `${name(each.column)} ${way(each)}`), tie].join(', ')

import type { Sort } from '#lib/params/params.ts'

/** Rows a page has where the URL says nothing. */
export const pageLength = 100

/**
 * The order of a table. Equal rows keep one order by `tie`, so that a shared link shows the same; it runs the way the
 * last column does, so that one index can serve both. Columns come from a closed list.
 */
export function orderBy(sort: Sort[], tie: string, name = (column: string) => `"${column}"`): string {
  const way = ({ descending }: { descending: boolean }) => (descending ? 'DESC' : 'ASC')
  const columns = sort.map((each) => `${name(each.column)} ${way(each)}`)
  return [...columns, `${tie} ${way(sort.at(-1) ?? { descending: false })}`].join(', ')
}

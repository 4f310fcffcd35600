import type { Sort } from '#lib/params/params.ts'

/** Rows a page has where the URL says nothing. */
export const pageLength = 100

/** The order of a table; equal rows keep one order by `tie`, so that a shared link shows the same. Columns come from a closed list. */
export const orderBy = (sort: Sort[], tie: string, name = (column: string) => `"${column}"`): string =>
  [...sort.map(({ column, descending }) => `${name(column)} ${descending ? 'DESC' : 'ASC'}`), tie].join(', ')

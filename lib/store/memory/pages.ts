import type { Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sort } from '#lib/params/params.ts'
import { compare } from './stored.ts'

/** Rows by the columns of an order; equal ones as they come, or the other way round if the last column descends. */
export function sorted<Row extends object>(
  rows: readonly Row[],
  sort: readonly Sort[],
  names: Record<string, string> = {},
): Row[] {
  const come = sort.at(-1)?.descending ? rows.toReversed() : [...rows]
  const cell = (row: object, column: string) => (row as Record<string, unknown>)[names[column] ?? column]
  const difference = (a: Row, b: Row, { column, descending }: Sort) =>
    compare(cell(a, column), cell(b, column)) * (descending ? -1 : 1)
  return come.sort((a, b) => sort.map((each) => difference(a, b, each)).find((order) => order !== 0) ?? 0)
}

export const pageOf = <Row>(rows: readonly Row[], { offset, limit }: PageRange): Page<Row> => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
})

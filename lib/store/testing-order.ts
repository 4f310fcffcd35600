import type { Page } from '#lib/model/rows.ts'
import { pageOf } from '#lib/params/page.ts'
import type { Sort } from '#lib/params/params.ts'
import type { Sorted } from './reads.ts'

/** Compares numbers by size and texts by their code points; null comes first, and lists are compared item by item. */
export function compare(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return a.map((each, place) => compare(each, b[place])).find(Boolean) ?? 0
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
}

/** Rows by the keys that each has; a number that is to descend is negated. */
export const inOrder = <Row>(rows: readonly Row[], keysOf: (row: Row) => unknown[]): Row[] =>
  rows.toSorted((a, b) => compare(keysOf(a), keysOf(b)))

/**
 * Rows by the columns of an order; equal ones as they come, or the other way round if the last column descends. `cellsOf`: the
 * columns of a row, if it does not have them by their names.
 */
export function sorted<Row extends object>(
  rows: readonly Row[],
  sort: readonly Sort[],
  cellsOf: (row: Row) => object = (row) => row,
): Row[] {
  const come = sort.at(-1)?.descending ? rows.toReversed() : [...rows]
  const cell = (row: Row, column: string) => (cellsOf(row) as Record<string, unknown>)[column]
  const difference = (a: Row, b: Row, { column, descending }: Sort) =>
    compare(cell(a, column), cell(b, column)) * (descending ? -1 : 1)
  return come.sort((a, b) => sort.map((each) => difference(a, b, each)).find((order) => order !== 0) ?? 0)
}

/** A page of rows by the columns of an order, as `sorted` has them. */
export const pageIn = <Row extends object>(
  rows: readonly Row[],
  { sort, page }: Sorted,
  cellsOf?: (row: Row) => object,
): Page<Row> => pageOf(sorted(rows, sort, cellsOf), page)

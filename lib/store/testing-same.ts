import assert from 'node:assert/strict'
import type { Sort } from '#lib/params/params.ts'

/** A value as text, whatever the order of the columns in it. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )

const cells = (row: object, columns: readonly string[]) => columns.map((name) => (row as Record<string, unknown>)[name])

/** Fails if two lists differ in more than the order of rows that are equal in some columns. */
export function assertSameList(
  actual: readonly object[],
  expected: readonly object[],
  columns: readonly string[],
  label: string,
): void {
  assert.deepEqual(actual.map(textOf).sort(), expected.map(textOf).sort(), label)
  const inOrder = (rows: readonly object[]) => rows.map((row) => cells(row, columns))
  assert.deepEqual(inOrder(actual), inOrder(expected), `${label}: order`)
}

/** The columns of an order, as rows name them. */
export const columnsOf = (sort: readonly Sort[]): string[] => sort.map(({ column }) => column)

/** Stretches of a list: its first rows, some in the middle, its last ones, and such past its end. */
export const stretches = (total: number) => [
  { offset: 0, limit: 3 },
  { offset: 3, limit: 5 },
  { offset: Math.max(total - 2, 0), limit: 10 },
  { offset: total + 10, limit: 10 },
]

/** Everything that a generator yields. */
export async function allOf<Row>(chunks: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const chunk of chunks) rows.push(...chunk)
  return rows
}

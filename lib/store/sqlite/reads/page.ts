import type { Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'

/**
 * Returns a page of rows, each of which has the number of rows on all pages as `total`. A page past the end has no row that
 * says it, so that the first row is asked for.
 */
export async function pageOf<Row extends { total: number }>(
  range: PageRange,
  select: (range: PageRange) => Promise<Row[]>,
): Promise<Page<Omit<Row, 'total'>>> {
  const rows = await select(range)
  const isPastEnd = rows.length === 0 && range.offset > 0
  const [first] = isPastEnd ? await select({ limit: 1, offset: 0 }) : rows
  return { total: first?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) }
}

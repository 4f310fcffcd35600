import type { Params } from './params.ts'

/** Rows of a page if the URL does not say. */
export const pageLength = 100

/** What the parameters say about pages. */
type Paging = Pick<Params, 'page' | 'limit'>

/** A stretch of rows: how many come before it, and how many it has at most. */
export type PageRange = { offset: number; limit: number }

/** A limit that no table reaches. */
export const noLimit = Number.MAX_SAFE_INTEGER

/** The rows of the page that the parameters ask for. */
export function pageRange({ page, limit }: Paging): PageRange {
  const rows = limit ?? pageLength
  return { offset: (page - 1) * rows, limit: rows }
}

/** The rows of an export: all of them if the parameters have no limit. */
export const exportRange = (params: Paging): PageRange =>
  params.limit === null ? { offset: 0, limit: noLimit } : pageRange(params)

/** How many pages a number of rows fills. A table without rows has one page. */
export const pagesOf = (total: number, { limit }: Pick<Params, 'limit'>): number =>
  Math.max(1, Math.ceil(total / (limit ?? pageLength)))

/** A page of rows that are all at hand. */
export const pageOf = <Row>(rows: readonly Row[], { offset, limit }: PageRange): { total: number; rows: Row[] } => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
})

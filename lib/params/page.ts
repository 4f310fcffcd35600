import type { Params } from './params.ts'

/** Rows of a page if the URL does not say. */
export const pageLength = 100

/** A stretch of rows: how many come before it, and how many it has at most. */
export type PageRange = { offset: number; limit: number }

/** The rows of the page that the parameters ask for. */
export function pageRange({ page, limit }: Pick<Params, 'page' | 'limit'>, length = pageLength): PageRange {
  const rows = limit ?? length
  return { offset: (page - 1) * rows, limit: rows }
}

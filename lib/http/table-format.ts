import type { Reader } from '#lib/params/limits.ts'
import { formatOf, formats, readerOf } from './export.ts'

/** The formats of a table. Only a table can be had as Markdown. */
export const tableFormats = [...formats, 'md'] as const
export type TableFormat = (typeof tableFormats)[number]

/** The format asked for: `format=` if it is given, else by `Accept`; null if `format` makes no sense. */
export function tableFormatOf(url: URL, accept: string | null): TableFormat | null {
  const asked = url.searchParams.get('format')
  if (asked === 'md' || (asked === null && accept?.includes('text/markdown'))) return 'md'
  return formatOf(url, accept)
}

/** Who reads an answer in this format, and so how many rows it can have: Markdown is read by people, as a page is. */
export const tableReader = (format: TableFormat | null): Reader => (format === 'md' ? 'page' : readerOf(format))

import { columnVisibilityFeature, metaHelper, tableFeatures } from '@tanstack/react-table'
import type { FilterField } from '#lib/params/params.ts'

/** What a column says about its cells beyond their content. */
export type ColumnMeta = {
  /** Classes that give the column its width. */
  width: string
  align?: 'end'
  /** The filter that a value of this column can become. */
  field?: FilterField
  /** The head of a column of times names the zone. */
  isTime?: boolean
  /** How a phone shows it: as the first line, as the figure beside it, as a line of its own, or not at all. */
  phone?: 'title' | 'figure' | 'line'
}

/** Sorting, filtering and paging are the server's, through the URL: the table itself only hides columns. */
export const features = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<ColumnMeta>() })

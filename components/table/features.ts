import { columnVisibilityFeature, metaHelper, tableFeatures } from '@tanstack/react-table'
import type { FilteredField } from '#lib/params/params.ts'

/** What a column says about its cells beyond their content. */
export type ColumnMeta = {
  /** Its width: in the class of the same name in `table.css`, in pixels here for tools and for tables with other columns. */
  base: number
  /** It takes what the other columns leave, and `base` at least. */
  fills?: boolean
  /** Its cells always fit, so its width cannot be changed. */
  isFixed?: boolean
  /** Its head is too narrow for its name, which is there for assistive technology and on hover. */
  isIcon?: boolean
  align?: 'end'
  /** The filter that a value of this column can become. */
  field?: FilteredField
  /** The head of a column of times names the zone. */
  isTime?: boolean
  /** The place of its cells on the card that a row is on a phone; without one they are not shown. */
  phone?: 'title' | 'figure' | 'process' | 'path' | 'dest' | 'code' | 'time' | 'line'
  /** A configuration change has no value in this column: its sentence is shown across it. */
  ofProcess?: boolean
}

/** Sorting, filtering and paging are the server's, through the URL: the table itself only hides columns. */
export const features = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<ColumnMeta>() })

import { type Screen, screenHref } from '#components/frame/screen.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { TableName } from '#lib/params/params.ts'

/** A link to another tab of a screen. Range, filters and mode go along; order, page and columns belong to each table. */
export function tabHref(screen: Screen, table: TableName, tab: string | null): string {
  const { sort } = defaultParams(table)
  return screenHref({ ...screen, table }, { sort, limit: null }, { tab, cols: null })
}

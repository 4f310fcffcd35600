import type { Problem, SearchParams, TableName } from '#lib/params/params.ts'
import { parseParams } from '#lib/params/parse.ts'
import type { Screen } from './screen.ts'

// The row open beside a table: only the browser reads it, and no link carries it on.
const openRow = 'open'

/** Reads a page's URL. `own` names the parameters that only this page reads; each is kept as it stands. */
export function readScreen(
  path: string,
  table: TableName,
  search: SearchParams,
  own: readonly string[] = [],
): { screen: Screen; problems: Problem[] } {
  const { params, problems } = parseParams(search, table, [...own, openRow])
  const kept: Record<string, string> = {}
  for (const name of own) {
    const value = [search[name]].flat().at(-1)
    if (value !== undefined && value !== '') kept[name] = value
  }
  return { screen: { path, table, params, own: kept }, problems }
}

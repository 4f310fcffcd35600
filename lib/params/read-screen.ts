import type { Problem, SearchParams, TableName } from '#lib/params/params.ts'
import { parseParams } from '#lib/params/parse.ts'
import type { Screen } from './screen.ts'

// The row open next to a table: only the browser reads it, and no link carries it on.
const openRow = 'open'

/** Reads a page's URL. `own` names the parameters that only this page reads; each is kept as it is. */
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

/** Whether decisions are applied, of a page that reads it as a parameter of its own. What makes no sense is added to the problems. */
export function appliedOf({ own }: Pick<Screen, 'own'>, problems: Problem[]): 'apply' | null {
  problems.push(...choiceProblems('dispositions', own.dispositions, ['apply']))
  return own.dispositions === 'apply' ? 'apply' : null
}

/** What is wrong with a parameter of a page's own that names one of some choices; none if it names none. */
export function choiceProblems(name: string, value: string | undefined, choices: readonly string[]): Problem[] {
  if (value === undefined || choices.includes(value)) return []
  return [{ param: name, value, message: `Give one of ${choices.join(', ')}.` }]
}

import { defaultBy } from '#lib/hunting/definition.ts'
import { defaultSort } from './columns.ts'
import { defaultParams } from './defaults.ts'
import { filterFields, type Params, type Sort, stackFilterFields, type TableName } from './params.ts'
import { byText, sinceText } from './stack-by.ts'

/** An order as a URL has it: `-count,dest`. */
export const sortText = (sort: Sort[]): string =>
  sort.map(({ column, descending }) => (descending ? '-' : '') + column).join(',')

/** The query string that says what `params` says: defaults are left out, and reading it back returns the same. */
export function paramsToSearch(params: Params, table: TableName): URLSearchParams {
  const search = new URLSearchParams()
  if (params.from !== null) search.set('from', new Date(params.from).toISOString())
  if (params.to !== null) search.set('to', new Date(params.to).toISOString())
  if (params.last !== null) search.set('last', params.last.text)
  if (params.anchor !== 'now') search.set('anchor', params.anchor)
  if (params.mode !== 'complete') search.set('mode', params.mode)
  if (params.faithful !== null) search.set('faithful', String(params.faithful))
  if (params.weakened !== null) search.set('weakened', String(params.weakened))
  for (const field of filterFields) for (const value of params.filters[field] ?? []) search.append(field, value)
  for (const field of stackFilterFields)
    for (const value of params.stackFilters[field] ?? []) search.append(field, value)
  if (params.q !== null) search.set('q', params.q)
  if (params.stack !== null) search.set('stack', params.stack)
  if (byText(params.by) !== byText(defaultBy)) search.set('by', byText(params.by))
  for (const limit of ['maxHosts', 'maxEvents', 'maxShare', 'minRatio'] as const)
    if (params[limit] !== null) search.set(limit, String(params[limit]))
  if (params.since !== null) search.set('since', sinceText(params.since))
  if (params.seen !== null) search.set('seen', params.seen)
  if (params.hint !== null) search.set('hint', params.hint)
  if (params.dispositions !== null) search.set('dispositions', params.dispositions)
  if (sortText(params.sort) !== sortText(defaultSort[table])) search.set('sort', sortText(params.sort))
  if (params.page !== 1) search.set('page', String(params.page))
  if (params.limit !== null) search.set('limit', String(params.limit))
  if (params.tz !== 'UTC') search.set('tz', params.tz)
  return search
}

/** A link to `path` with some parameters changed. A change of anything but the page goes back to page 1. */
export function linkTo(path: string, table: TableName, params: Params, change: Partial<Params> = {}): string {
  const next = { ...params, page: 1, ...change }
  const search = paramsToSearch(next, table).toString()
  return search === '' ? path : `${path}?${search}`
}

/** What stays when a screen leads to another: time range, anchor, zone. */
export function carried(
  { from, to, last, anchor, tz }: Pick<Params, 'from' | 'to' | 'last' | 'anchor' | 'tz'>,
  table: TableName,
): Params {
  return { ...defaultParams(table), from, to, last, anchor, tz }
}

/** A value as a filter that means just this value: taken literally if it would read as a pattern. */
export const literal = (value: string): string => (/[*]|^[!=]/.test(value) ? `=${value}` : value)

/** The filter that finds a text anywhere in a value. */
export const anywhereWritten = (text: string): string => `*${text}*`

/** The filter that leaves a value out. */
export const excluding = (value: string): string => `!${literal(value)}`

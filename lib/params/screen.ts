import { defaultParams } from './defaults.ts'
import { excluding, linkTo, literal } from './link.ts'
import { type FilteredField, isStackFilter, type Params, type TableName } from './params.ts'

/** What is on screen, as its URL says it: enough to link to any other view of it. */
export type Screen = {
  path: string
  table: TableName
  params: Params
  /** Parameters that only this screen reads, such as the columns shown or the tab that is open. */
  own: Record<string, string>
  /** Columns that only repeat what the screen is about. They are hidden unless its URL names columns. */
  repeated?: readonly string[]
}

/** A link to the same screen with something changed; an own parameter set to null is dropped. */
export function screenHref(
  { path, table, params, own }: Screen,
  change: Partial<Params> = {},
  ownChange: Record<string, string | null> = {},
): string {
  const href = linkTo(path, table, params, change)
  const further = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...own, ...ownChange })) if (value !== null) further.set(name, value)
  if (further.size === 0) return href
  return `${href}${href.includes('?') ? '&' : '?'}${further}`
}

/** A link to another table of the same screen. Range, filters and mode stay; order and columns belong to each table. */
export function otherTableHref(
  screen: Screen,
  table: TableName,
  change: Partial<Params> = {},
  ownChange: Record<string, string | null> = {},
): string {
  const { sort } = defaultParams(table)
  return screenHref({ ...screen, table }, { sort, ...change }, { ...ownChange, cols: null, pin: null })
}

/** The values of a filter, as they are written. */
export const valuesOf = (params: Params, field: FilteredField): readonly string[] =>
  (isStackFilter(field) ? params.stackFilters[field] : params.filters[field]) ?? []

/** The filters of a screen with other values for one field. */
export const withFilter = (params: Params, field: FilteredField, values: string[]): Partial<Params> =>
  isStackFilter(field)
    ? { stackFilters: { ...params.stackFilters, [field]: values } }
    : { filters: { ...params.filters, [field]: values } }

/** Links that narrow a table to a value or to some, or exclude them. "Only" replaces what was asked of the field before. */
export function filterLinks(
  screen: Screen,
  field: FilteredField,
  ...values: readonly string[]
): { only: string; not: string } {
  const kept = values.map(literal)
  const others = valuesOf(screen.params, field).filter((written) => !kept.includes(written))
  return {
    only: screenHref(screen, withFilter(screen.params, field, kept)),
    not: screenHref(screen, withFilter(screen.params, field, [...new Set([...others, ...values.map(excluding)])])),
  }
}

/** A link that keeps only what contains a text, or leaves it out. What was asked of the field before goes, apart from what is left out. */
export function containsLink(screen: Screen, field: FilteredField, written: string): string {
  const before = valuesOf(screen.params, field)
  const kept = written.startsWith('!') ? before : before.filter((other) => other.startsWith('!'))
  return screenHref(screen, withFilter(screen.params, field, [...kept.filter((other) => other !== written), written]))
}

/** A link with one value of a filter written differently; null leaves it out. */
export function rewrittenLink(screen: Screen, field: FilteredField, written: string, instead: string | null): string {
  const values = valuesOf(screen.params, field).flatMap((each) => (each === written ? (instead ?? []) : each))
  return screenHref(screen, withFilter(screen.params, field, [...new Set(values)]))
}

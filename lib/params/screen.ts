import { defaultParams } from './defaults.ts'
import { excluding, linkTo, literal } from './link.ts'
import type { FilterField, Params, TableName } from './params.ts'

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

/** Links that narrow a table to a value, or exclude it. "Only" replaces what was asked of the field before. */
export function filterLinks(screen: Screen, field: FilterField, value: string): { only: string; not: string } {
  const { filters } = screen.params
  const others = (filters[field] ?? []).filter((written) => written !== literal(value))
  return {
    only: screenHref(screen, { filters: { ...filters, [field]: [literal(value)] } }),
    not: screenHref(screen, { filters: { ...filters, [field]: [...others, excluding(value)] } }),
  }
}

/** A link that keeps only what contains a text, or leaves it out. What was asked of the field before goes, apart from what is left out. */
export function containsLink(screen: Screen, field: FilterField, written: string): string {
  const { filters } = screen.params
  const before = filters[field] ?? []
  const kept = written.startsWith('!') ? before : before.filter((other) => other.startsWith('!'))
  return screenHref(screen, {
    filters: { ...filters, [field]: [...kept.filter((other) => other !== written), written] },
  })
}

/** A link with one value of a filter written differently; null leaves it out. */
export function rewrittenLink(screen: Screen, field: FilterField, written: string, instead: string | null): string {
  const { filters } = screen.params
  const values = (filters[field] ?? []).flatMap((each) => (each === written ? (instead ?? []) : each))
  return screenHref(screen, { filters: { ...filters, [field]: [...new Set(values)] } })
}

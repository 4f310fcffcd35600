import { linkTo } from '#lib/params/link.ts'
import type { Params, TableName } from '#lib/params/params.ts'

/** What is on screen, as its URL says it: enough to link to any other view of it. */
export type Screen = {
  path: string
  table: TableName
  params: Params
  /** Parameters that only this screen reads, such as the columns shown or the tab that is open. */
  own: Record<string, string>
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

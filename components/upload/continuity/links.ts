import type { ContinuityListName } from '#lib/model/rows.ts'
import { literal } from '#lib/params/link.ts'

export type ContinuityLink = { show: ContinuityListName; dest?: string }

/** The lists of an upload in full: its dests, breaks or versions, of all dests or one. */
export function continuityHref(id: string, tz: string, { show, dest }: ContinuityLink): string {
  const search = new URLSearchParams({ show })
  if (dest !== undefined) search.set('dest', literal(dest))
  if (tz !== 'UTC') search.set('tz', tz)
  return `/uploads/${encodeURIComponent(id)}/continuity?${search}`
}

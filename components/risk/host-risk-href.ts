import type { Params } from '#lib/params/params.ts'

/** *View risk events for the last 7 days for - "$dest$"*: the second drilldown of a host, at the anchor of the screen it is opened from. */
export function hostRiskHref(dest: string, { anchor, tz }: Pick<Params, 'anchor' | 'tz'>): string {
  const search = new URLSearchParams({ tab: 'risk' })
  if (anchor !== 'now') search.set('anchor', anchor)
  if (tz !== 'UTC') search.set('tz', tz)
  return `/hosts/${encodeURIComponent(dest)}?${search}`
}

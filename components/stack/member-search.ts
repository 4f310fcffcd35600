import { defaultParams } from '#lib/params/defaults.ts'
import { paramsToSearch } from '#lib/params/link.ts'
import type { Params } from '#lib/params/params.ts'

/** The query of what the API answers about one stack: the events of the screen, in the range that it shows, and its fields. */
export function memberSearch(params: Params, { from, to }: Pick<Params, 'from' | 'to'>): string {
  const { mode, filters, stackFilters, q, stack, by, since, dispositions } = params
  const asked = { ...defaultParams('stack'), mode, filters, stackFilters, q, stack, by, since, dispositions, from, to }
  return paramsToSearch(asked, 'stack').toString()
}

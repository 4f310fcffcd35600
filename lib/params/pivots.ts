import type { DetectionKey } from '#lib/asr/detections.ts'
import { detections } from '#lib/asr/detections.ts'
import type { By } from '#lib/hunting/definition.ts'
import { tablePath } from './hrefs.ts'
import { valuesProblem } from './limits.ts'
import { carried, linkTo, literal } from './link.ts'
import { type FilteredField, isStackFilter, type Params } from './params.ts'
import { isAllowed } from './pattern.ts'

// Where a cell of a table leads on to: links like those of hrefs.ts.

/** The filters of a table; those of a detection name its EventCodes too, since the link leads to a table of all. */
function filtersOf(params: Params, detection: DetectionKey | null): Params['filters'] {
  if (detection === null) return params.filters
  const all = params.filters.EventCode ?? []
  const EventCode = detections[detection].codes.map(String).filter((code) => isAllowed(all, code))
  const filters = { ...params.filters, EventCode: EventCode.length === 0 ? all : EventCode }
  return valuesProblem(filters) === null ? filters : params.filters
}

/**
 * The events of a table stacked by a field, under its range and its filters. `detection`: the one whose rows they are; null for
 * events and for stacks.
 */
export const stackByHref = (by: By, params: Params, detection: DetectionKey | null): string =>
  linkTo(tablePath('stack'), 'stack', {
    ...carried(params, 'stack'),
    filters: filtersOf(params, detection),
    q: params.q,
    stack: params.stack,
    by: [by],
    stackFilters: params.stackFilters,
    dispositions: params.dispositions === 'hide' ? 'hide' : null,
  })

/** All events of a host, for the time range of the screen that leads there. */
export const hostEventsHref = (dest: string, params: Params): string =>
  linkTo(tablePath('events'), 'events', { ...carried(params, 'events'), filters: { dest: [literal(dest)] } })

/** All events of a host from so many milliseconds before a time until as many after another. */
export const aroundHref = (dest: string, first: number, last: number, ms: number, tz: string): string =>
  linkTo(tablePath('events'), 'events', {
    ...carried({ tz, from: first - ms, to: last + ms, last: null, anchor: 'now' }, 'events'),
    filters: { dest: [literal(dest)] },
    sort: [{ column: '_time', descending: false }],
  })

/**
 * The hosts with a value, without `dest`, for the time range of the screen that leads there: as stacks by host if only stacks are
 * filtered by the value.
 */
export function hostsWithHref(field: FilteredField, value: string, dest: string | null, params: Params): string {
  const others = dest === null ? {} : { dest: [`!${literal(dest)}`] }
  if (!isStackFilter(field)) {
    const filters = { [field]: [literal(value)], ...others }
    return linkTo(tablePath('hosts'), 'hosts', { ...carried(params, 'hosts'), filters })
  }
  const narrowed = { filters: others, stackFilters: { [field]: [literal(value)] } }
  return linkTo(tablePath('stack'), 'stack', { ...carried(params, 'stack'), ...narrowed, by: [byDest] })
}

const byDest: By = { column: 'dest', step: 'exact' }

import { codes } from '#lib/asr/codes.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { type By, type Preset, presets, type StackColumn } from '#lib/hunting/definition.ts'
import { defaultSort } from './columns.ts'
import { defaultParams } from './defaults.ts'
import { tablePath } from './hrefs.ts'
import { carried, linkTo, literal } from './link.ts'
import { filterFields, type Params } from './params.ts'
import { isAllowed } from './pattern.ts'

/** The EventCodes of a preset that filters leave, as a filter; null if it needs none, since no code would be left out or none left. */
function codesKept(of: Preset['codes'], filters: Params['filters']): string[] | null {
  const kept = (of ?? []).map(String).filter((code) => isAllowed(filters.EventCode ?? [], code))
  return kept.length === 0 || kept.length === Object.keys(codes).length ? null : kept
}

/** The fields of a preset, and under the filters of a screen those of its EventCodes that they leave. */
export function presetChange(
  { by, codes: of }: Pick<Preset, 'by' | 'codes'>,
  filters: Params['filters'],
): Pick<Params, 'by' | 'filters'> {
  const EventCode = codesKept(of, filters)
  return { by, filters: EventCode === null ? filters : { ...filters, EventCode } }
}

/** What events are stacked by from a configuration detection: its rows are changes, of which one event can have several. */
const ofChanges: Pick<Preset, 'by' | 'codes'> = {
  by: [
    { column: 'ID', step: 'exact' },
    { column: 'dest', step: 'exact' },
  ],
  codes: [5007],
}

/** The events of a detection as stacks over its fields, under the range and the filters of its page. */
export function stackByHref(detection: DetectionKey, params: Params): string {
  const preset = presets.find(({ key }) => key === detection) ?? ofChanges
  const { q, stack } = params
  const carriedOn = { ...carried(params, 'stack'), q, stack, ...presetChange(preset, params.filters) }
  return linkTo(tablePath('stack'), 'stack', carriedOn)
}

const fleetBy: readonly By[] = (['ID', 'Process_Name', 'Path', 'EventCode'] as const).map((column) => ({
  column,
  step: 'exact',
}))

/**
 * A list of stacks of the overview as stacks whose fields can be chosen: the same stacks in the same order, without configuration
 * changes, counted in its range. What is new has no event before `newSince` in all that is stored.
 */
export function fleetListHref(
  list: 'rarest' | 'new' | 'most-frequent',
  params: Pick<Params, 'from' | 'to' | 'last' | 'anchor' | 'tz'>,
  newSince: number,
): string {
  const { from, to, last, anchor, tz } = params
  const range = { from, to, last, anchor, tz }
  const change: Record<typeof list, Partial<Params>> = {
    rarest: { ...range, sort: [...defaultSort.stack, { column: 'lastTime', descending: true }] },
    new: {
      ...{ to, tz, since: { time: newSince }, seen: 'new' },
      sort: [
        { column: 'hosts', descending: false },
        { column: 'firstTime', descending: true },
      ],
    },
    'most-frequent': { ...range, sort: [{ column: 'events', descending: true }] },
  }
  const filters = { EventCode: ['!5007'] }
  return linkTo(tablePath('stack'), 'stack', defaultParams('stack'), { by: fleetBy, filters, ...change[list] })
}

/**
 * The events of a stack over any fields, as filters under those of its screen. Null if filters cannot say what it is: a field is
 * merged by a step of its ladder, events are not filtered by a field, the screen has a filter that only stacks have, or dispositions hide
 * some.
 */
export function memberEventsHref(
  by: readonly By[],
  row: Partial<Record<StackColumn, string | null>>,
  params: Params,
): string | null {
  if (params.dispositions !== null || Object.values(params.stackFilters).some(({ length }) => length > 0)) return null
  const filters: Params['filters'] = { ...params.filters }
  for (const { column, step } of by) {
    const field = filterFields.find((each) => each === column)
    if (field === undefined || step !== 'exact') return null
    filters[field] = [literal(row[column] ?? 'NULL')]
  }
  const { q, stack } = params
  return linkTo(tablePath('events'), 'events', { ...carried(params, 'events'), filters, q, stack })
}

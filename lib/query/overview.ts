import { dayLength } from '#lib/asr/hours.ts'
import type { FleetStack, Overview, Page } from '#lib/model/rows.ts'
import { defaultSort } from '#lib/params/columns.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import type { ClosedRange, EventReads, FleetQuestion, Reads } from '#lib/store/reads.ts'
import { selectDetection } from './detection.ts'
import { ask, askAgain, type Question, type Window } from './question.ts'
import { selectLeftOut, selectRisk } from './risk.ts'
import { selectTimeline } from './timeline.ts'
import { selectGone, selectLowered } from './warnings.ts'

/** Rows in each short list of the overview, and in each list of warnings. */
const few = 8
const fewWarnings = 3

/** The range of the overview if its URL has none. */
const defaultLast = { text: '30d', ms: 30 * dayLength }

/**
 * The parameters of the overview with the range that they mean: the last 30 days if they name none. `anchor`: what the URL says;
 * a URL without an anchor or a range means the newest event, so that an old log shows too.
 */
export function overviewParams(params: Params, anchor: Params['anchor'] | undefined): Params {
  const { from, to, last } = params
  return (from ?? to ?? last) === null ? { ...params, last: defaultLast, anchor: anchor ?? 'newest' } : params
}

/** The lists of stacks that the overview has a few rows of. */
export const stackLists = ['rarest', 'new', 'most-frequent'] as const satisfies FleetQuestion['order'][]
export type StackList = (typeof stackLists)[number]

/** The range of a window, with the oldest and the newest event at its open ends. Null if nothing is stored. */
function closed({ from, to, oldest, newest }: Window): ClosedRange | null {
  if (oldest === null || newest === null) return null
  return { from: from ?? oldest, to: to ?? newest }
}

/** The last day of a window, or all of a shorter one: what a stack first seen in it is new in. */
export function newRange(window: Window): ClosedRange {
  const { from, to } = closed(window) ?? { from: 0, to: window.now }
  return { from: Math.max(from, to - dayLength + 1), to }
}

/** The stacks of a list: those seen in the window, or of the list `new` those first seen in its last day. */
function withinOf(list: StackList, window: Window): FleetQuestion['within'] {
  if (list === 'new') {
    const { from, to } = newRange(window)
    return { time: 'first', after: from - 1, to }
  }
  const range = closed(window)
  const isComplete = range === null || (range.from <= (window.oldest ?? 0) && range.to >= (window.newest ?? 0))
  return isComplete ? null : { time: 'any', after: range.from - 1, to: range.to }
}

/** One page of a list of stacks, and how many it has. */
export async function selectStackList(
  reads: EventReads,
  list: StackList,
  { params, window }: Question,
): Promise<Page<FleetStack>> {
  const within = withinOf(list, window)
  const [rows, total] = await Promise.all([
    reads.fleet({ order: list, within, page: pageRange(params) }),
    reads.countFleet(within),
  ])
  return { total, rows }
}

const noCounts = { events: 0, blocked: 0, audited: 0, overridden: 0, changed: 0, dests: 0, rules: 0 }

/** The figures of a range. Ends far from any event are moved to the nearest one, so that only hours with events are read. */
async function figures(reads: EventReads, { from, to, oldest, newest }: Window) {
  if (oldest === null || newest === null) return noCounts
  const range = { from: Math.max(from ?? oldest, oldest), to: Math.min(to ?? newest, newest) }
  return range.from > range.to ? noCounts : reads.counts(range)
}

/** The question of the timeline: a range that begins before the first event begins with it, unless it is as long as was asked for. */
function fromFirstEvent(question: Question): Question {
  const { params, window } = question
  const { from, oldest } = window
  const isBefore = params.last === null && from !== null && oldest !== null && from < oldest
  return isBefore ? askAgain(question, { from: null }) : question
}

/** What the first page says of its time range in one look. The question must have no filter. */
export async function selectOverview(
  reads: EventReads & Pick<Reads, 'newestUpload' | 'hostBreaks'>,
  question: Question,
): Promise<Overview> {
  const { window } = question
  const { now } = window
  const end = closed(window)?.to ?? now
  const { leftOut } = question
  const week = { ...(await ask(reads, { ...defaultParams('risk'), to: end, limit: few }, now, window)), leftOut }
  const list = (order: StackList) =>
    reads.fleet({ order, within: withinOf(order, window), page: { offset: 0, limit: few } })
  const [
    counts,
    names,
    newestUpload,
    timeline,
    rarest,
    mostFrequent,
    newStacks,
    risk,
    lowered,
    gone,
    registry,
    leftOutRisk,
  ] = await Promise.all([
    figures(reads, window),
    reads.ruleNames(),
    reads.newestUpload(),
    selectTimeline(reads, fromFirstEvent(question)),
    list('rarest'),
    list('most-frequent'),
    list('new'),
    selectRisk(reads, week),
    selectLowered(reads, question, fewWarnings),
    selectGone(reads, { range: { from: window.from, to: window.to }, limit: fewWarnings }),
    selectDetection(reads, 'registry', askAgain(question, { sort: defaultSort.registry, page: 1, limit: 1 })),
    selectLeftOut(reads, week),
  ])
  return {
    ...counts,
    ...{
      rulesKnown: names.length,
      asrChanges: registry.events,
      newestUpload,
      timeline,
      rarest,
      mostFrequent,
      newStacks,
    },
    ...{ hostsByRisk: risk.rows, leftOut: leftOutRisk, warnings: { ...lowered, ...gone } },
  }
}

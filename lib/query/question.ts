import type { Params } from '#lib/params/params.ts'
import { anywhere, readPattern } from '#lib/params/pattern.ts'
import type { Asked, EventReads, Filter, Found, FoundRows, Range, Span } from '#lib/store/reads.ts'

/** The time range of a screen, with what its anchors mean. */
export type Window = Range & Span & { now: number }

/**
 * What a request asks: its parameters, and what they mean at the moment. Made once, and handed to every query. `leftOut`: the result
 * rows whose risk does not count (see `applyDecisions`).
 */
export type Question = { params: Params; filter: Filter; found: Found; window: Window; leftOut: FoundRows | null }

/** The filter that the parameters describe. */
export function filterOf({ filters, q, stack }: Params): Filter {
  const fields = Object.entries(filters).map(([field, written]) => [field, written.map(readPattern)] as const)
  return { fields: Object.fromEntries(fields), text: q === null ? null : anywhere(q), stack }
}

/** Turns `from`, `to`, `last` and `anchor` into times. `last` counts back from `to` if it is given, else from the anchor. */
export function windowOf(
  { from, to, last, anchor }: Pick<Params, 'from' | 'to' | 'last' | 'anchor'>,
  { oldest, newest }: Span,
  now: number,
): Window {
  if (last === null) return { from, to, now, oldest, newest }
  const end = to ?? (anchor === 'newest' ? (newest ?? now) : now)
  const start = end - last.ms
  return { from: from === null ? start : Math.max(from, start), to: end, now, oldest, newest }
}

/** Asks the store what the parameters mean at a moment, in milliseconds. `known`: the span, if it was asked for this request before. */
export async function ask(reads: EventReads, params: Params, now: number, known?: Span): Promise<Question> {
  const filter = filterOf(params)
  const [span, found] = await Promise.all([known ?? reads.span(), reads.find(filter)])
  return { params, filter, found, window: windowOf(params, span, now), leftOut: null }
}

/** The same question with another range, order or page. Its filter is the same, so nothing is looked up again. */
export function askAgain(question: Question, change: Partial<Omit<Params, 'filters' | 'q' | 'stack'>>): Question {
  const params = { ...question.params, ...change }
  const { now, oldest, newest } = question.window
  return { ...question, params, window: windowOf(params, { oldest, newest }, now) }
}

/** The part of a question that every question to the store includes. */
export const asked = ({ params, filter, found, window }: Question): Asked => ({
  filter,
  found,
  range: { from: window.from, to: window.to },
  mode: params.mode,
})

import { dispositions } from '#lib/hunting/decision.ts'
import type { Range, StackAsked } from '#lib/store/reads.ts'
import type { Reading } from './parts.ts'

/** The moment that separates before and since: a time, or the number of an upload. Null if a question has none. */
export type Since = { time: number } | { upload: number } | null

/** First and last time of some events; the first is after the last if there are none. */
export type Span = { first: number; last: number }

const noSpan = (): Span => ({ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY })

function widen(span: Span, first: number, last: number): void {
  span.first = Math.min(span.first, first)
  span.last = Math.max(span.last, last)
}

/** Bits of the state of an event. */
export const isShown = 1
export const isHidden = 2
export const isSince = 4

export type Selection = {
  /** By the place of an event: 0 if it is not in the question, else bits. */
  states: Uint8Array
  /** Of all events of the question, and of those before and since. */
  spans: { all: Span; before: Span; since: Span }
  events: number
  hosts: number
  hidden: number
  /** Decisions that hide an event. */
  deciding: number
  /** By the place of a stack: how many shown events it has, and how many of these are before. */
  shown: Uint32Array
  before: Uint32Array
  /** By the number of a host: 1 if it has an event in the range, whatever the filter. */
  reporting: Uint8Array
}

type Asked = Pick<StackAsked, 'range' | 'decisions' | 'hides'> & { codes: readonly number[] | null }

/** Selects the events of a question. `isFit`: those of its filter; `decided`: the decision that applies to each. */
export async function selectEvents(
  { columns, pace }: Reading,
  { range, decisions, hides, codes }: Asked,
  since: Since,
  isFit: Uint8Array | null,
  decided: Uint32Array | null,
): Promise<Selection> {
  const { length, events, stacks, stackLength, dests } = columns
  const { stack, time, upload } = events
  const { dest, code } = stacks
  const { from, to }: Range = range
  const [first, last] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY]
  const [sinceTime, sinceUpload] = [
    since !== null && 'time' in since ? since.time : Number.POSITIVE_INFINITY,
    since !== null && 'upload' in since ? since.upload : Number.POSITIVE_INFINITY,
  ]
  const hiding = Uint8Array.from([
    0,
    ...decisions.map(({ disposition }) => (hides && dispositions[disposition].hides ? 1 : 0)),
  ])
  const isSplit = since !== null
  const isOfCode = codes === null ? null : new Uint8Array(stackLength)
  if (isOfCode !== null)
    for (let at = 1; at < stackLength; at++) isOfCode[at] = codes?.includes(code[at] as number) ? 1 : 0
  const states = new Uint8Array(length)
  const shown = new Uint32Array(stackLength)
  const before = new Uint32Array(isSplit ? stackLength : 0)
  const [isHiddenIn, isDeciding] = [new Uint8Array(hides ? stackLength : 0), new Uint8Array(decisions.length + 1)]
  // If every event is in the range, the stacks know which hosts have one.
  const isEverything = first <= columns.span.first && last >= columns.span.last
  const isInRange = isEverything ? stacks.live : new Uint32Array(stackLength)
  const selection = { events: 0, hidden: 0, spans: { all: noSpan(), before: noSpan(), since: noSpan() } }
  const isUnlimited = isEverything && !isSplit && isFit === null && isOfCode === null && decided === null
  const live = stacks.live.subarray(0, stackLength)
  if (isUnlimited && live.reduce((sum, count) => sum + count, 0) === length) {
    // Every event is shown, and none was deleted.
    states.fill(isShown)
    shown.set(live)
    selection.events = length
    selection.spans.before = { ...columns.span }
  } else
    await pace.inParts(length, (start, end) => {
      let [count, hidden] = [0, 0]
      let [firstBefore, lastBefore] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      let [firstSince, lastSince] = [firstBefore, lastBefore]
      for (let place = start; place < end; place++) {
        const of = stack[place] as number
        const at = time[place] as number
        if (of === 0 || at < first || at > last) continue
        if (!isEverything) isInRange[of] = 1
        if ((isFit !== null && isFit[place] === 0) || (isOfCode !== null && isOfCode[of] === 0)) continue
        count += 1
        const isNew = isSplit && (at >= sinceTime || (upload[place] as number) >= sinceUpload)
        if (isNew) {
          if (at < firstSince) firstSince = at
          if (at > lastSince) lastSince = at
        } else {
          if (at < firstBefore) firstBefore = at
          if (at > lastBefore) lastBefore = at
        }
        const decision = decided === null ? 0 : (decided[place] as number)
        if (decision !== 0 && hiding[decision] === 1) {
          states[place] = isNew ? isHidden | isSince : isHidden
          isHiddenIn[of] = 1
          isDeciding[decision] = 1
          hidden += 1
          continue
        }
        states[place] = isNew ? isShown | isSince : isShown
        shown[of] = (shown[of] as number) + 1
        if (isSplit && !isNew) before[of] = (before[of] as number) + 1
      }
      selection.events += count
      selection.hidden += hidden
      widen(selection.spans.before, firstBefore, lastBefore)
      widen(selection.spans.since, firstSince, lastSince)
    })
  const { spans } = selection
  widen(spans.all, spans.before.first, spans.before.last)
  widen(spans.all, spans.since.first, spans.since.last)
  const [isHost, reporting] = [new Uint8Array(dests.length), new Uint8Array(dests.length)]
  for (let at = 1; at < stackLength; at++) {
    if (isInRange[at] !== 0) reporting[dest[at] as number] = 1
    if (shown[at] !== 0 || isHiddenIn[at] === 1) isHost[dest[at] as number] = 1
  }
  return {
    ...{ ...selection, states, shown, before, reporting },
    hosts: isHost.reduce((sum, is) => sum + is, 0),
    deciding: isDeciding.reduce((sum, is) => sum + is, 0),
  }
}

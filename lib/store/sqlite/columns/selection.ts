import { dispositions } from '#lib/hunting/decision.ts'
import type { Range, StackAsked } from '#lib/store/reads.ts'
import type { Reading } from './parts.ts'

/** The moment that separates before and since: a time, or the number of an upload. Null if a question has none. */
export type Since = { time: number } | { upload: number } | null

/** First and last time of some events; the first is after the last if there are none. */
export type Span = { first: number; last: number }

const noSpan = (): Span => ({ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY })

function widen(span: Span, time: number): void {
  if (time < span.first) span.first = time
  if (time > span.last) span.last = time
}

function join(span: Span, { first, last }: Span): void {
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
  /** All events of the question, and all before and since. */
  all: Span
  before: Span
  since: Span
  events: number
  hosts: number
  hidden: number
  /** By the number of a host: 1 if it has an event in the range, whatever the filter. */
  reporting: Uint8Array
}

/** Selects the events of a question. `isFit`: those of its filter; `decided`: the decision that applies to each. */
export async function selectEvents(
  { columns, pace }: Reading,
  {
    range,
    decisions,
    hides,
    codes,
  }: Pick<StackAsked, 'range' | 'decisions' | 'hides'> & { codes: readonly number[] | null },
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
  const [isInRange, isIn] = [new Uint8Array(stackLength), new Uint8Array(stackLength)]
  const [isHost, reporting] = [new Uint8Array(dests.length), new Uint8Array(dests.length)]
  const selection: Selection = {
    ...{ states, all: noSpan(), before: noSpan(), since: noSpan() },
    ...{ events: 0, hosts: 0, hidden: 0, reporting },
  }
  await pace.inParts(length, (start, end) => {
    let [count, hidden] = [0, 0]
    const [all, before, now] = [noSpan(), noSpan(), noSpan()]
    for (let place = start; place < end; place++) {
      const of = stack[place] as number
      const at = time[place] as number
      if (of === 0 || at < first || at > last) continue
      isInRange[of] = 1
      if ((isFit !== null && isFit[place] === 0) || (isOfCode !== null && isOfCode[of] === 0)) continue
      isIn[of] = 1
      count += 1
      widen(all, at)
      let state = isShown
      if (decided !== null && hiding[decided[place] as number] === 1) {
        state = isHidden
        hidden += 1
      }
      if (isSplit) {
        const isNew = at >= sinceTime || (upload[place] as number) >= sinceUpload
        if (isNew) state |= isSince
        widen(isNew ? now : before, at)
      }
      states[place] = state
    }
    selection.events += count
    selection.hidden += hidden
    join(selection.all, all)
    join(selection.before, before)
    join(selection.since, now)
  })
  for (let at = 1; at < stackLength; at++) {
    if (isInRange[at] === 1) reporting[dest[at] as number] = 1
    if (isIn[at] === 1) isHost[dest[at] as number] = 1
  }
  selection.hosts = isHost.reduce((sum, is) => sum + is, 0)
  return selection
}

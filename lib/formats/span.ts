import { toUtf8 } from '#lib/formats/decode.ts'
import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { add, newTally, snippetOf, type Tally, take, type Verdict } from '#lib/formats/verdict.ts'
import { append, between, openWindow, type Window } from '#lib/formats/window.ts'
import type { Place } from '#lib/model/reject.ts'

/** Longest record that is read: a Windows event has at most 64 KiB of binary XML (MS-EVEN6), so any rendering fits. */
export const maxRecordBytes = 4 * 1024 * 1024

/**
 * A stretch of the file: one record, one up to where it is damaged, the beginning of one that is too long, or what is
 * between records and should not: a document type declaration, or stray text.
 * `isClosed` says whether the record has its own end and not that of the file or the beginning of the next.
 */
export type Span = {
  kind: 'record' | 'damaged' | 'too-long' | 'doctype' | 'stray'
  start: number
  end: number
  isClosed: boolean
}

/**
 * Returns the next span, or null while the window does not have enough to know it (at the end of the stream: when there is
 * none). What is before a span has then been let go of, so that the window is at its first byte.
 */
export type Split = () => Span | null

/**
 * Judges one span and adds what becomes of it to the tally; `place` is valid only during the call. False if the span is
 * no record, as the head of a table that comes again: it is not counted.
 */
export type Visit = (tally: Tally, span: Span, utf8: Buffer, place: () => Place) => boolean

/**
 * Goes through a text log span by span, as its bytes come in. Any way of cutting the bytes has the same outcomes.
 * `atEnd` may add what was held back until the end of the log was seen.
 */
export async function* walkSpans(
  bytes: AsyncIterable<Uint8Array>,
  splitter: (window: Window) => Split,
  visit: Visit,
  { onTrace }: ReadOptions,
  atEnd: (tally: Tally) => void = () => {},
): AsyncGenerator<Outcome[]> {
  const { decoding, pieces } = await toUtf8(bytes)
  const window = openWindow(decoding.encoding, decoding.bom)
  const next = splitter(window)
  const tally = newTally(onTrace)
  let record = 0

  function readHeld(): Outcome[] {
    for (let span = next(); span; span = next()) {
      record++
      const place = () => ({ record, line: window.line, offset: window.offset })
      if (!visit(tally, span, between(window, span.start, span.end), place)) record--
    }
    return take(tally)
  }

  for await (const piece of pieces) {
    append(window, piece)
    const outcomes = readHeld()
    if (outcomes.length > 0) yield outcomes
  }
  window.ended = true
  const outcomes = readHeld()
  atEnd(tally)
  outcomes.push(...take(tally))
  if (outcomes.length > 0) yield outcomes
}

/** Reads a text log whose records are judged one by one. */
export function readSpans(
  bytes: AsyncIterable<Uint8Array>,
  splitter: (window: Window) => Split,
  readSpan: (span: Span, utf8: Buffer) => Verdict,
  options: ReadOptions,
): AsyncGenerator<Outcome[]> {
  const visit: Visit = (tally, span, utf8, place) => {
    add(tally, readSpan(span, utf8), place, () => snippetOf(utf8))
    return true
  }
  return walkSpans(bytes, splitter, visit, options)
}

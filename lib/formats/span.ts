import { toUtf8 } from '#lib/formats/decode.ts'
import type { Outcome, Place } from '#lib/formats/outcome.ts'
import { add, newTally, snippetOf, take, type Verdict } from '#lib/formats/verdict.ts'
import { append, between, openWindow, type Window } from '#lib/formats/window.ts'

/** Longest record that is read: a Windows event has at most 64 KiB of binary XML (MS-EVEN6), so any rendering fits. */
export const maxRecordBytes = 4 * 1024 * 1024

/**
 * A stretch of the file: one record, the beginning of one that is too long, or a document type declaration between records.
 * `isClosed` tells whether the record has its own end and not that of the file or the beginning of the next.
 */
export type Span = { kind: 'record' | 'too-long' | 'doctype'; start: number; end: number; isClosed: boolean }

/**
 * Gives the next span, or null while the window does not hold enough to tell it (at the end of the stream: when there is
 * none). What lies before a span has then been let go of, so that the window stands at its first byte.
 */
export type Split = () => Span | null

/** Reads a text log span by span, as its bytes come in. Any way of cutting the bytes gives the same outcomes. */
export async function* readSpans(
  bytes: AsyncIterable<Uint8Array>,
  splitter: (window: Window) => Split,
  readSpan: (span: Span, utf8: Buffer) => Verdict,
): AsyncGenerator<Outcome[]> {
  const { decoding, pieces } = await toUtf8(bytes)
  const window = openWindow(decoding.encoding, decoding.bom)
  const next = splitter(window)
  const tally = newTally()
  let record = 0

  function readHeld(): Outcome[] {
    for (let span = next(); span; span = next()) {
      const utf8 = between(window, span.start, span.end)
      record++
      const place = (): Place => ({ record, line: window.line, offset: window.offset })
      add(tally, readSpan(span, utf8), place, () => snippetOf(utf8))
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
  if (outcomes.length > 0) yield outcomes
}

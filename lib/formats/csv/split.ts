import { closesLeniently, type Layout, type Patience } from '#lib/formats/csv/lenient.ts'
import { type ScannedRow, scanRow } from '#lib/formats/csv/scan-row.ts'
import { maxRecordBytes, type Span, type Split } from '#lib/formats/span.ts'
import { between, release, type Window } from '#lib/formats/window.ts'

/** How far a row is followed when looking for the first good one behind a damaged one. */
const seekBytes = 64 * 1024
/** How many lines behind a damaged row are tried with quotes that are misplaced: with them any line may run on and on. */
const lenientLines = 100
/** How far ahead is looked in all to know where a damaged row ends: so many bytes, and so many more for each of its own. */
const leastPatience = 1024 * 1024
const patiencePerByte = 64
const newline = 0x0a
const quote = 0x22

/** Whether a row is complete, and as wide as all are. */
const fits = (row: ScannedRow, width: number): row is { end: number; width: number } =>
  typeof row === 'object' && row.width === width

/**
 * Splits CSV into rows. A row that is not as wide as all, or has a quote where none may be, is damaged: it ends at the
 * next line from which a row of the right width can be read, so that a lost quote costs its row and no other. `first` is
 * where the rows begin, behind the head, in UTF-8 without byte order mark.
 */
export function splitter(window: Window, layout: Layout, first: number): Split {
  const { delimiter, width, isQuoted } = layout
  const patience: Patience = { bytes: 0 }
  let at = first
  let retryAt = 0

  const scan = (from: number, to: number, isEnd: boolean, isStrict: boolean): ScannedRow => {
    const bytes = between(window, from, to)
    const row = scanRow(bytes, 0, delimiter, isEnd, isStrict ? null : closesLeniently(bytes, layout, patience))
    return typeof row === 'object' ? { end: row.end + from, width: row.width } : row
  }

  /** First line behind `from` and before `to` that begins a row; `to` if there is none, null while it is unknown. */
  function findRow(from: number, to: number, isStrict: boolean): number | null {
    let line = from
    for (let lines = 0; isStrict || lines < lenientLines; lines++) {
      const found = between(window, line, to).indexOf(newline)
      if (found < 0 || line + found + 1 >= to) return to
      line += found + 1
      if (isQuoted && window.bytes[line - window.base] !== quote) continue
      const until = Math.min(line + seekBytes, to)
      const isEnd = until === window.end && window.ended
      const row = scan(line, until, isEnd || !isStrict, isStrict)
      if (fits(row, width)) return line
      if (row === 'off' && isStrict && !isEnd && until === window.end && to === window.end) return null
    }
    return to
  }

  function nextDamaged(limit: number): Span | null {
    const held = Math.min(window.end, limit)
    const good = findRow(at, held, true)
    const isLast = good === held
    if (good === null || (isLast && held === window.end && !window.ended)) return null
    const start = at
    if (isLast && held < window.end) {
      at = held
      return { kind: 'too-long', start, end: held, isClosed: false }
    }
    patience.bytes = leastPatience + patiencePerByte * (good - at)
    const lenient = scan(at, good, true, false)
    if (fits(lenient, width)) at = lenient.end
    else at = findRow(at, good, false) ?? good
    return { kind: 'record', start, end: at, isClosed: !(at === window.end && window.ended) }
  }

  function skipBlankLines(): void {
    for (; at < window.end; at++) {
      const byte = window.bytes[at - window.base]
      if (byte === newline) continue
      const isReturn =
        byte === 0x0d && (at + 1 < window.end ? window.bytes[at + 1 - window.base] === newline : window.ended)
      if (!isReturn) return
    }
  }

  return function next(): Span | null {
    skipBlankLines()
    release(window, Math.min(at, window.end))
    if (at >= window.end || (window.end < retryAt && !window.ended)) return null
    const limit = at + maxRecordBytes
    const held = Math.min(window.end, limit)
    const isEnd = window.ended && held === window.end
    const row = scan(at, held, isEnd, true)
    if (fits(row, width)) {
      const start = at
      at = row.end
      return { kind: 'record', start, end: row.end, isClosed: true }
    }
    // What is not complete yet is looked at again when twice as much is there: no byte is looked at more than twice or so.
    const span = row === 'off' && !isEnd && held < limit ? null : nextDamaged(limit)
    if (!span) retryAt = Math.min(at + (window.end - at) * 2, limit)
    return span
  }
}

import { withoutReturns } from '#lib/formats/lines.ts'
import { isCutHeaderLine, isHeaderLine, longestKey } from '#lib/formats/multiline/header.ts'
import { isTimeLine, longestTimeLine } from '#lib/formats/multiline/time-line.ts'
import { maxRecordBytes, type Span, type Split } from '#lib/formats/span.ts'
import { between, cursor, find, release, type Window } from '#lib/formats/window.ts'

/** A time line with the carriage returns that may end it (Windows logs have up to two). */
const longestLine = longestTimeLine + 8
const slash = 0x2f

/**
 * Splits Splunk's classic WinEventLog text into records: one begins at a time line with a header line after it, so that
 * a time within a message does not split it, and ends where the next begins or at the end of the file.
 */
export function splitter(window: Window): Split {
  const newlines = cursor('\n')
  let start = -1
  let line = 0
  let isMidLine = false

  /** Whether the line from `from` to `to` is a time line. */
  function isTime(from: number, to: number): boolean {
    if (to - from > longestLine || window.bytes[from + 2 - window.base] !== slash) return false
    return isTimeLine(withoutReturns(between(window, from, to).toString('latin1')))
  }

  /** Whether a header line begins at `from`, or null while that is unknown. */
  function isHeader(from: number): boolean | null {
    const held = between(window, Math.min(from, window.end), Math.min(from + longestKey, window.end)).toString('latin1')
    if (isHeaderLine(held)) return true
    if (held.length >= longestKey || held.includes('\n')) return false
    return window.ended ? isCutHeaderLine(held) : null
  }

  /** Next record's first byte at or after `line`, or -1 while none is there. Lines before `line` have been looked at. */
  function findStart(): number {
    for (;;) {
      const newline = find(window, newlines, line)
      if (newline < 0 && !window.ended) {
        if (window.end - line > longestLine) {
          isMidLine = true
          line = window.end
        }
        return -1
      }
      const end = newline < 0 ? window.end : newline
      if (!isMidLine && isTime(line, end)) {
        const header = isHeader(end + 1)
        if (header === null) return -1
        if (header) return line
      }
      if (newline < 0) return -1
      line = newline + 1
      isMidLine = false
    }
  }

  /** Steps over the time line at `found`, so that the next one is looked for after it. */
  function open(found: number): void {
    start = found
    const newline = find(window, newlines, found)
    line = newline < 0 ? window.end : newline + 1
  }

  return function next(): Span | null {
    if (start < 0) {
      const found = findStart()
      release(window, found < 0 ? Math.min(line, window.end) : found)
      if (found < 0) return null
      open(found)
    }
    release(window, start)
    const limit = start + maxRecordBytes
    const successor = findStart()
    const margin = longestLine + longestKey
    if (successor < 0 && !window.ended && window.end <= limit + margin) return null
    const end = successor < 0 ? window.end : successor
    const begin = start
    if (successor < 0) start = -1
    else open(successor)
    if (end <= limit) return { kind: 'record', start: begin, end, isClosed: successor >= 0 }
    return { kind: 'too-long', start: begin, end: limit, isClosed: false }
  }
}

import { maxRecordBytes, type Span, type Split } from '#lib/formats/span.ts'
import { between, cursor, find, release, type Window } from '#lib/formats/window.ts'

/** The first line of a record, `Event[0]:` or `Event[0]`, the word in the language of the machine. */
const firstLine = /^[^\s[\]:]{1,40}\[\d{1,10}\]:?\s*$/
/** The line behind it: a label and a value. */
const labelLine = /^ {2}\S[^:\r\n]{0,60}: /
const longest = 160

/** Where in a text the first record begins, or -1 if none does. */
export const findRecord = (text: string): number =>
  text.search(/^[^\s[\]:]{1,40}\[\d{1,10}\]:?[ \t\r]*\n {2}\S[^:\r\n]{0,60}: /m)

/** Splits the text of `wevtutil qe /f:text` into records: one ends where the next begins, or at the end of the file. */
export function splitter(window: Window): Split {
  const newlines = cursor('\n')
  let start = -1
  let line = 0
  let isMidLine = false

  const textAt = (from: number, to: number): string =>
    between(window, Math.min(from, window.end), Math.min(to, window.end)).toString('utf8')

  /** Next record's first byte at or behind `line`, or -1 while none is there. */
  function findStart(): number {
    for (;;) {
      const newline = find(window, newlines, line)
      if (newline < 0) {
        if (!window.ended && window.end - line > longest) {
          isMidLine = true
          line = window.end
        }
        return -1
      }
      if (!isMidLine && newline - line <= longest && firstLine.test(textAt(line, newline))) {
        const next = textAt(newline + 1, newline + 1 + longest)
        if (labelLine.test(next)) return line
        if (!window.ended && newline + 1 + longest > window.end && !next.includes('\n')) return -1
      }
      line = newline + 1
      isMidLine = false
    }
  }

  function open(found: number): void {
    start = found
    line = find(window, newlines, found) + 1
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
    if (successor < 0 && !window.ended && window.end <= limit + 2 * longest) return null
    const end = successor < 0 ? window.end : successor
    const begin = start
    if (successor < 0) start = -1
    else open(successor)
    if (end <= limit) return { kind: 'record', start: begin, end, isClosed: successor >= 0 }
    return { kind: 'too-long', start: begin, end: limit, isClosed: false }
  }
}

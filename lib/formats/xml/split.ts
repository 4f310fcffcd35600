import { maxRecordBytes, type Span, type Split } from '#lib/formats/span.ts'
import { between, cursor, find, release, type Window } from '#lib/formats/window.ts'

const tag = '<Event'
const close = '</Event>'
const cdata = '<![CDATA['
const doctype = Buffer.from('<!DOCTYPE')
const snippetBytes = 1200

const isDelimiter = (byte: number | undefined): boolean =>
  byte === 0x3e || byte === 0x20 || byte === 0x2f || byte === 0x09 || byte === 0x0a || byte === 0x0d

/** Splits XML into events: one begins at `<Event` and ends at `</Event>`, at the next `<Event` or at the end of the file. */
export function splitter(window: Window): Split {
  const tags = cursor(tag)
  const closes = cursor(close, '</'.length)
  const cdatas = cursor(cdata, '<!['.length)
  const cdataEnds = cursor(']]>')
  let start = -1
  let at = 0

  /** First `<Event` at or after `from` that is not the start of a longer name, or -1 while none is there. */
  function findStart(from: number): number {
    for (let next = from; ; ) {
      const found = find(window, tags, next)
      if (found < 0 || found + tag.length >= window.end) return -1
      if (isDelimiter(window.bytes[found + tag.length - window.base])) return found
      next = found + tag.length
    }
  }

  function nextDoctype(until: number): Span | null {
    if (until - at < doctype.length) return null
    const found = between(window, at, until).indexOf(doctype)
    if (found < 0) return null
    return { kind: 'doctype', start: at + found, end: Math.min(until, at + found + snippetBytes), isClosed: true }
  }

  /** Looks between records: for the next one, and for declarations before it. */
  function nextBetween(): Span | null {
    const found = findStart(at)
    const until = found < 0 ? window.end : found
    const declaration = nextDoctype(until)
    if (declaration) {
      at = declaration.start
      release(window, at)
      if (found < 0 && !window.ended && declaration.end - at < snippetBytes) return null
      at += doctype.length
      return declaration
    }
    if (found < 0) {
      at = Math.max(at, window.end - doctype.length)
      release(window, at)
      return null
    }
    release(window, found)
    start = found
    at = found + tag.length
    return nextRecord()
  }

  /**
   * Whether the CDATA section at `open` is one, and where it ends; null while that is unknown. It is none if it
   * has no end within the record's length, or if another record with a CDATA section of its own begins before that end.
   */
  function cdataEnd(open: number): { end: number } | null {
    const end = find(window, cdataEnds, open + cdata.length)
    const limit = start + maxRecordBytes
    if (end < 0 && !window.ended && window.end < limit) return null
    if (end < 0 || end + 3 > limit) return { end: -1 }
    const successor = findStart(open)
    if (successor >= 0 && successor < end) {
      const inner = find(window, cdatas, successor)
      if (inner >= 0 && inner < end) return { end: -1 }
    }
    return { end: end + 3 }
  }

  /** Looks for the end of the record at `start`, from `at` on. */
  function nextRecord(): Span | null {
    const limit = start + maxRecordBytes
    for (;;) {
      const closed = find(window, closes, at)
      const successor = findStart(at)
      const first = closed >= 0 && (successor < 0 || closed < successor) ? closed : successor
      const open = find(window, cdatas, at)
      if (open >= 0 && (first < 0 || open < first) && open < limit) {
        const section = cdataEnd(open)
        if (!section) return null
        if (section.end >= 0) {
          at = section.end
          continue
        }
      }
      if (first < 0 && !window.ended && window.end <= limit + close.length) return null
      const end = first < 0 ? window.end : first === closed ? first + close.length : first
      const begin = start
      start = -1
      if (end <= limit) {
        at = end
        return { kind: 'record', start: begin, end, isClosed: first >= 0 && first === closed }
      }
      at = limit
      return { kind: 'too-long', start: begin, end: limit, isClosed: false }
    }
  }

  return () => (start < 0 ? nextBetween() : nextRecord())
}

import { maxRecordBytes, type Span, type Split } from '#lib/formats/span.ts'
import { between, cursor, find, release, type Window } from '#lib/formats/window.ts'

const tag = '<Obj'
const close = '</Obj>'
/** How many blanks before a record are looked at to know how far in it is. */
const maxIndent = 64

/**
 * Splits what `Export-Clixml` writes into records: the outermost `<Obj>` elements, or those in the list of one. A record
 * that is not closed ends at the next `<Obj` that is not further in than itself on a line of its own.
 */
export function splitter(window: Window): Split {
  const tags = cursor(tag)
  const closes = cursor(close)
  let start = -1
  let at = 0
  let depth = 0
  let indent = 0
  let mayBeList = false

  /** First `<Obj` at or behind `from` that is not the start of a longer name, or -1 while none is there. */
  function findTag(from: number): number {
    for (let next = from; ; ) {
      const found = find(window, tags, next)
      if (found < 0 || found + tag.length >= window.end) return -1
      const byte = window.bytes[found + tag.length - window.base] as number
      if (byte <= 0x20 || byte === 0x3e) return found
      next = found + tag.length
    }
  }

  /** How far in the line an element is, or null if something is before it. */
  function indentOf(found: number): number | null {
    const before = between(window, Math.max(window.start, found - maxIndent), found).toString('latin1')
    const blanks = /(?:^|\n)([ \t]*)$/.exec(before)?.[1]
    return blanks === undefined ? null : blanks.length
  }

  function begin(found: number): void {
    start = found
    at = found + tag.length
    depth = 1
    indent = indentOf(found) ?? -1
    mayBeList = true
  }

  function end(kind: Span['kind'], to: number, isClosed: boolean): Span {
    const span: Span = { kind, start, end: to, isClosed }
    release(window, start)
    start = -1
    at = to
    return span
  }

  /** Whether the record is a list whose elements are the records: it has had no properties before its first element. */
  const isList = (child: number): boolean => {
    const head = between(window, start, child).toString('latin1')
    return /<(?:LST|IE|QUE|STK)>\s*$/.test(head) && !/<(?:Props|MS)[\s>]/.test(head)
  }

  function inRecord(): Span | null {
    const limit = start + maxRecordBytes
    for (;;) {
      const open = findTag(at)
      const closed = find(window, closes, at)
      if (open < 0 && closed < 0) {
        if (window.ended) return end(window.end > limit ? 'too-long' : 'record', Math.min(window.end, limit), false)
        return window.end > limit + tag.length ? end('too-long', limit, false) : null
      }
      const isOpen = open >= 0 && (closed < 0 || open < closed)
      const found = isOpen ? open : closed
      if (found > limit) return end('too-long', limit, false)
      if (!isOpen) {
        // An opening tag that is cut by the end of what is there is behind this one, so that nothing is missed.
        at = found + close.length
        depth--
        if (depth === 0) return end('record', at, true)
        continue
      }
      const column = indentOf(found)
      if (column !== null && indent >= 0 && column <= indent) return end('record', found, false)
      if (mayBeList && isList(found)) {
        begin(found)
        continue
      }
      mayBeList = false
      depth++
      at = found + tag.length
    }
  }

  return function next(): Span | null {
    if (start < 0) {
      const found = findTag(at)
      if (found < 0) {
        at = Math.max(at, window.end - maxIndent - tag.length)
        release(window, window.ended ? window.end : at)
        return null
      }
      release(window, Math.max(window.start, found - maxIndent))
      begin(found)
    }
    const span = inRecord()
    if (!span && start >= 0) release(window, Math.max(window.start, Math.min(start, window.end)))
    return span
  }
}

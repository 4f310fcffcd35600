import { isBlank, maySkip, type ObjectScan, scanObject, skipText, stepObject } from '#lib/formats/json/object-scan.ts'
import { maxRecordBytes, type Span, type Split } from '#lib/formats/span.ts'
import { between, release, type Window } from '#lib/formats/window.ts'

const openBrace = 0x7b
const newline = 0x0a
const snippetBytes = 1200
const longestOpening = 80

/** What may be between records: brackets of an array, a brace too many, commas. */
const isStructure = (byte: number): boolean =>
  isBlank(byte) || byte === 0x2c || byte === 0x5b || byte === 0x5d || byte === 0x7d

/** How the records of a file begin, as seen from the last one: how far in, and with which key. */
type Beginning = { indent: number; opening: Buffer | null }

/**
 * Splits JSON into records: objects one after the other, in an array, or in an array within an object that wraps it. A
 * damaged object ends where the damage shows; reading goes on at the next line that begins an object no further in than
 * it, or at the next object with the same first key.
 */
export function splitter(window: Window): Split {
  let state: 'between' | 'record' | 'stray' | 'lost' | 'tail' = 'between'
  let at = 0
  let start = 0
  let scan: ObjectScan = scanObject()
  let wrappers: number[] = []
  let indent = 0
  let isLineStart = true
  let record: Beginning = { indent: Number.POSITIVE_INFINITY, opening: null }
  /** Whether a line that begins an object no further in than the record ends it: not in JSON without indents. */
  let endsAtLine = false
  let isOpening = false
  let isFirstLine = true
  let beganLine = true

  function step(byte: number): void {
    if (byte === newline) {
      indent = 0
      isLineStart = true
    } else if (isLineStart && isBlank(byte)) indent++
    else isLineStart = false
    at++
  }

  const beginsLine = (byte: number): boolean => byte === openBrace && isLineStart && indent <= record.indent

  function begin(): void {
    state = 'record'
    start = at
    scan = scanObject([openBrace])
    record = { indent, opening: record.opening }
    isOpening = true
    isFirstLine = true
    beganLine = isLineStart
    endsAtLine = false
    step(openBrace)
  }

  /** The text that every record is likely to begin with: `{"Event":`. */
  function openingOf(from: number): Buffer | null {
    const head = between(window, from, Math.min(from + longestOpening, window.end)).toString('latin1')
    const found = /^\{\s*"[^"\\\n]{1,60}"\s*:/.exec(head)?.[0]
    return found === undefined ? null : Buffer.from(found, 'latin1')
  }

  /** Whether a record like the last one begins here; null while that is unknown. */
  function isLikeLast(): boolean | null {
    const { opening } = record
    if (opening === null) return false
    const to = Math.min(at + opening.length, window.end)
    const held = between(window, at, to)
    if (held.compare(opening, 0, held.length) !== 0) return false
    return held.length === opening.length ? true : window.ended ? false : null
  }

  function end(kind: Span['kind'], to: number, isClosed: boolean, next: typeof state): Span {
    if (record.opening === null || beganLine) record.opening = openingOf(start) ?? record.opening
    release(window, start)
    state = next
    return { kind, start, end: to, isClosed }
  }

  function inRecord(byte: number): Span | null {
    if (isOpening) {
      if (byte === newline) isFirstLine = false
      else if (!isBlank(byte)) {
        isOpening = false
        endsAtLine = isFirstLine || indent > record.indent
      }
    } else if (endsAtLine && !scan.isString && !scan.mayWrap && beginsLine(byte))
      return end('record', at, false, 'between')
    const found = stepObject(scan, byte)
    if (found === 'damaged') return end('damaged', at, false, 'lost')
    if (found === 'wrapper') {
      wrappers = scan.open.slice(0, -1)
      begin()
      return null
    }
    step(byte)
    if (maySkip(scan))
      at =
        skipText(window.bytes, at - window.base, Math.min(window.end, start + maxRecordBytes) - window.base) +
        window.base
    if (found === 'closed') return end('record', at, true, 'between')
    if (at - start < maxRecordBytes) return null
    return end('too-long', at, false, 'lost')
  }

  /** Steps over what follows the records in the object that wraps them. */
  function inTail(byte: number): void {
    if (!scan.isString && byte === openBrace && isLineStart && indent === 0) state = 'between'
    else {
      const found = stepObject(scan, byte)
      step(byte)
      if (found !== 'on') state = found === 'damaged' ? 'lost' : 'between'
    }
  }

  function inBetween(byte: number): void {
    if (byte === openBrace) begin()
    else if (byte === 0x5d && wrappers.length > 0) {
      scan = scanObject(wrappers)
      wrappers = []
      state = 'tail'
      step(byte)
    } else if (isStructure(byte)) step(byte)
    else {
      state = 'stray'
      start = at
    }
  }

  /** The numbers that evtx_dump writes before its records are no text that is lost. */
  const isHarmless = (): boolean => /^Record \d{1,10}\s*$/.test(between(window, start, at).toString('latin1'))

  function endStray(next: typeof state): Span | null {
    const span: Span = { kind: 'stray', start, end: at, isClosed: true }
    state = next
    if (isHarmless()) return null
    release(window, start)
    return span
  }

  return function next(): Span | null {
    while (at < window.end) {
      const byte = window.bytes[at - window.base] as number
      let span: Span | null = null
      if (state === 'record') span = inRecord(byte)
      else if (state === 'between') inBetween(byte)
      else if (state === 'tail') inTail(byte)
      else if (state === 'stray' && at - start >= snippetBytes) span = endStray('lost')
      else if (byte === openBrace) {
        const isNext = beginsLine(byte) || isLikeLast()
        if (isNext === null) break
        if (!isNext) step(byte)
        else if (state === 'stray') span = endStray('between')
        else state = 'between'
      } else step(byte)
      if (span) return span
    }
    release(window, state === 'record' || state === 'stray' ? start : at)
    if (!window.ended || at < window.end) return null
    if (state === 'record') return end('record', at, false, 'lost')
    return state === 'stray' ? endStray('lost') : null
  }
}

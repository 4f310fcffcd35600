import { type Encoding, sizeInFile } from '#lib/formats/decode.ts'

/**
 * The part of a UTF-8 stream that is being looked at. Positions count from the start of the stream, so they stay valid
 * while bytes are added behind and let go in front. `offset` and `line` say where in the file the first byte is.
 */
export type Window = {
  bytes: Buffer
  /** The filled part of `bytes`. */
  filled: Buffer
  /** Position of `bytes[0]`; the bytes kept are those from `start` to `end`. */
  base: number
  start: number
  end: number
  /** Whether the stream has ended at `end`. */
  ended: boolean
  encoding: Encoding
  offset: number
  line: number
  newline: Cursor
}

/**
 * Finds one needle, from left to right, and never looks at a byte twice. `indexOf` stops at each first byte of what it
 * looks for, so it looks for `rare`, the end of the needle from a byte on that is rare in a log; `lead` comes before it.
 */
export type Cursor = { needle: Buffer; lead: number; rare: Buffer; found: number; searched: number }

export function cursor(text: string, lead = 0): Cursor {
  const needle = Buffer.from(text)
  return { needle, lead, rare: needle.subarray(lead), found: -1, searched: 0 }
}

/** Whether the bytes before `at` are the first ones of the needle. */
function isLed(bytes: Buffer, { needle, lead }: Cursor, at: number): boolean {
  for (let i = 0; i < lead; i++) if (bytes[at - lead + i] !== needle[i]) return false
  return true
}

export function openWindow(encoding: Encoding, bom: number): Window {
  const bytes = Buffer.alloc(0)
  return {
    bytes,
    filled: bytes,
    base: 0,
    start: 0,
    end: 0,
    ended: false,
    encoding,
    offset: bom,
    line: 1,
    newline: cursor('\n'),
  }
}

/** Adds bytes behind. Held bytes are moved or copied only when there is no room, so adding costs no more than the bytes. */
export function append(window: Window, chunk: Uint8Array): void {
  const held = window.end - window.start
  const room = window.bytes.length - (window.end - window.base)
  if (chunk.length > room) {
    const need = held + chunk.length
    const bytes = need * 2 > window.bytes.length ? Buffer.allocUnsafeSlow(Math.max(need * 2, 64 * 1024)) : window.bytes
    window.bytes.copy(bytes, 0, window.start - window.base, window.end - window.base)
    window.bytes = bytes
    window.base = window.start
  }
  window.bytes.set(chunk, window.end - window.base)
  window.end += chunk.length
  window.filled = window.bytes.subarray(0, window.end - window.base)
}

/** Position of the first needle at or after `from`, or -1 while the window contains none. `from` must never go back. */
export function find(window: Window, cursor: Cursor, from: number): number {
  if (cursor.found >= from) return cursor.found
  const begin = Math.max(from, cursor.searched, window.start)
  const { filled, base } = window
  let at = filled.indexOf(cursor.rare, begin - base + cursor.lead)
  while (at >= 0 && !isLed(filled, cursor, at)) at = filled.indexOf(cursor.rare, at + 1)
  if (at >= 0) {
    cursor.found = at - cursor.lead + base
    return cursor.found
  }
  cursor.searched = Math.max(begin, window.end - cursor.needle.length + 1)
  return -1
}

/** The bytes between two positions: a view, valid until the next `append`. */
export const between = (window: Window, from: number, to: number): Buffer =>
  window.bytes.subarray(from - window.base, to - window.base)

/** Lets go of the bytes before `to`, and moves `offset` and `line` there. */
export function release(window: Window, to: number): void {
  if (to <= window.start) return
  window.offset += sizeInFile(between(window, window.start, to), window.encoding)
  for (let at = find(window, window.newline, window.start); at >= 0 && at < to; ) {
    window.line++
    at = find(window, window.newline, at + 1)
  }
  window.start = to
}

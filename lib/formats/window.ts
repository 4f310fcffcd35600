import { type Encoding, sizeInFile } from '#lib/formats/decode.ts'

/**
 * The part of a UTF-8 stream that is being looked at. Positions count from the start of the stream, so they stay valid
 * while bytes are added behind and let go in front. `offset` and `line` say where in the file the first byte stands.
 */
export type Window = {
  bytes: Buffer
  /** The filled part of `bytes`. */
  filled: Buffer
  /** Position of `bytes[0]`; the bytes held are those from `start` to `end`. */
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

/** Finds one needle, from left to right, and never looks at a byte twice. */
export type Cursor = { needle: Buffer; found: number; searched: number }

export const cursor = (needle: string): Cursor => ({ needle: Buffer.from(needle), found: -1, searched: 0 })

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

/** Position of the first needle at or after `from`, or -1 while the window holds none. `from` must never go back. */
export function find(window: Window, cursor: Cursor, from: number): number {
  if (cursor.found >= from) return cursor.found
  const begin = Math.max(from, cursor.searched, window.start)
  const at = window.filled.indexOf(cursor.needle, begin - window.base)
  if (at >= 0) {
    cursor.found = at + window.base
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

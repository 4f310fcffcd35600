import type { Chunk } from './chunk.ts'
import { spend } from './chunk.ts'

/** UTF-16LE text as Windows shows it: without the NULs at its end. A lone surrogate becomes U+FFFD, as in any UTF-8 log. */
export function readText(chunk: Chunk, at: number, size: number): string {
  let end = at + (size & ~1)
  while (end > at && chunk.view.getUint16(end - 2, true) === 0) end -= 2
  spend(chunk, 1 + ((end - at) >> 1), at)
  return end === at ? '' : chunk.bytes.toString('utf16le', at, end).toWellFormed()
}

const windows1252 = new TextDecoder('windows-1252')

/** Text of a code page the log does not name: read as Windows-1252. */
export function readAnsi(chunk: Chunk, at: number, size: number): string {
  let end = at + size
  while (end > at && chunk.view.getUint8(end - 1) === 0) end--
  spend(chunk, 1 + end - at, at)
  return windows1252.decode(chunk.bytes.subarray(at, end))
}

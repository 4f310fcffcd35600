import { Damage } from './damage.ts'
import type { Template } from './tree.ts'

/** Size of a chunk, and of the header before its first record (libevtx: EVTX format, 3). */
export const chunkSize = 65536
export const chunkHeaderSize = 512

// A token's fixed part may be read where the chunk ends: what is beyond is zero and no bound check is needed for it.
const padding = 64

// A real chunk needs less than 200,000; templates that unfold one another would need without end.
const workPerChunk = 4 << 20

/** One chunk in memory, with what was read of it once: names and templates, by their offset in it. */
export type Chunk = {
  bytes: Buffer
  view: DataView
  /** How many bytes of it the file has; less than `chunkSize` only at the end of a file that was cut off. */
  end: number
  names: Map<number, string>
  templates: Map<number, Template>
  /** Templates of the complete file by the first word of their GUID: used if a chunk has lost its own. */
  fileTemplates: Map<number, Template>
  /** Tokens and characters that may still be read of this chunk. */
  work: number
}

export function newChunk(): Chunk {
  const bytes = Buffer.alloc(chunkSize + padding)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { bytes, view, end: 0, names: new Map(), templates: new Map(), fileTemplates: new Map(), work: workPerChunk }
}

/** Forgets what was read of the chunk before; its bytes, `end` of them, have been replaced. */
export function renewChunk(chunk: Chunk, end: number): void {
  chunk.end = end
  chunk.names.clear()
  chunk.templates.clear()
  chunk.work = workPerChunk
  if (end < chunkSize) chunk.bytes.fill(0, end)
}

/** Counts work against the chunk's share, so that no bytes can make the reader run or grow without end. */
export function spend(chunk: Chunk, work: number, at: number): void {
  chunk.work -= work
  if (chunk.work < 0)
    throw new Damage('too-long', at, 'its templates expand to more than a chunk of events can contain')
}

/** Refuses to read `size` bytes at `at` if they are not all before `end`. */
export function need(at: number, size: number, end: number, what: string): void {
  if (at < 0 || size < 0 || at + size > end)
    throw new Damage('bad-structure', at, `${what} at ${at} needs ${size} bytes, and ends beyond ${end}`)
}

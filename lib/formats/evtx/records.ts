import type { Chunk } from './chunk.ts'
import { chunkHeaderSize, chunkSize } from './chunk.ts'

/** Bytes before the binary XML of a record: signature (4), size (4), record id (8), FILETIME written (8); its size again ends it. */
export const recordHead = 24
const recordTail = 4
const smallestRecord = recordHead + recordTail

const signature = 0x00002a2a
const signatureBytes = Buffer.from([0x2a, 0x2a, 0, 0])

/** A stretch of a chunk: a record whose frame is sound, one whose frame is not, or bytes in which no record begins. */
export type Stretch = { kind: 'record' | 'torn' | 'gap'; at: number; end: number }

const size32 = (chunk: Chunk, at: number): number => chunk.view.getUint32(at + 4, true)

const hasSize = (chunk: Chunk, at: number): boolean =>
  size32(chunk, at) >= smallestRecord && size32(chunk, at) <= chunkSize - chunkHeaderSize

// The token of a fragment header and its version, 1.1, with which the binary XML of a record begins.
const fragmentHeader = 0x0001010f

/** Whether a record begins at `at`: its signature, and a size that can be right or the beginning of binary XML. */
const isRecordStart = (chunk: Chunk, at: number): boolean =>
  at + smallestRecord <= chunk.end &&
  chunk.view.getUint32(at, true) === signature &&
  (hasSize(chunk, at) || chunk.view.getUint32(at + recordHead, true) === fragmentHeader)

const isSound = (chunk: Chunk, at: number): boolean => {
  const end = at + size32(chunk, at)
  return hasSize(chunk, at) && end <= chunk.end && chunk.view.getUint32(end - recordTail, true) === size32(chunk, at)
}

function nextRecordStart(chunk: Chunk, from: number, limit: number): number {
  for (
    let at = chunk.bytes.indexOf(signatureBytes, from);
    at >= 0 && at < limit;
    at = chunk.bytes.indexOf(signatureBytes, at + 1)
  )
    if (isRecordStart(chunk, at)) return at
  return limit
}

/** Record ids are 64 bits; the low half is enough to recognize neighbours. */
const idOf = (chunk: Chunk, at: number): number => chunk.view.getUint32(at + 8, true)

/** Where the records of the chunk end by its header, or its complete length if the header cannot be right. */
export function freeSpaceOf(chunk: Chunk): number {
  const free = chunk.view.getUint32(48, true)
  return free >= chunkHeaderSize && free <= chunk.end ? free : chunk.end
}

/**
 * Walks the records of a chunk by their signatures up to `free`. A record with a wrong size costs no more than itself: the next
 * signature begins the next. Beyond `free`, where a log in use has records that its header does not know yet, records go on as
 * long as they follow without a gap and count on.
 */
export function walkRecords(
  chunk: Chunk,
  free: number,
  visit: (kind: Stretch['kind'], at: number, end: number) => void,
): void {
  let at = chunkHeaderSize
  let lastId = -1
  while (at < free) {
    if (!isRecordStart(chunk, at)) {
      const next = nextRecordStart(chunk, at + 1, free)
      visit('gap', at, next)
      at = next
      continue
    }
    lastId = idOf(chunk, at)
    const end = isSound(chunk, at) ? at + size32(chunk, at) : nextRecordStart(chunk, at + 4, free)
    visit(isSound(chunk, at) ? 'record' : 'torn', at, end)
    at = end
  }
  while (isRecordStart(chunk, at) && isSound(chunk, at) && idOf(chunk, at) === (lastId + 1) >>> 0) {
    lastId = idOf(chunk, at)
    visit('record', at, at + size32(chunk, at))
    at += size32(chunk, at)
  }
}

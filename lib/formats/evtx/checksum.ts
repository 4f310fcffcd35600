import { crc32 } from 'node:zlib'
import type { Chunk } from './chunk.ts'
import { chunkHeaderSize } from './chunk.ts'

/** CRC32 of a chunk header: its first 120 bytes and those from 128 on (libevtx: EVTX format, 3.1). */
export const headerChecksum = (bytes: Buffer): number =>
  crc32(bytes.subarray(128, chunkHeaderSize), crc32(bytes.subarray(0, 120)))

/** CRC32 of the records of a chunk, from its header to its free space. */
export const recordsChecksum = (bytes: Buffer, free: number): number => crc32(bytes.subarray(chunkHeaderSize, free))

/** Whether the header and the records of a chunk are what its checksums say. */
export function isIntact(chunk: Chunk): boolean {
  const { bytes, view } = chunk
  const free = view.getUint32(48, true)
  if (free < chunkHeaderSize || free > chunk.end) return false
  return (
    headerChecksum(bytes) === view.getUint32(124, true) && recordsChecksum(bytes, free) === view.getUint32(52, true)
  )
}

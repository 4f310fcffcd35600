import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { chunkSize } from '#lib/formats/evtx/chunk.ts'
import { fileHeaderSize, fileSignature } from '#lib/formats/evtx/file.ts'
import { newChunkBuilder, renewChunkBuilder, sealChunk } from './chunk-builder.ts'
import type { WrittenEvent } from './event.ts'
import { planRecord, sizeOfRecord, type Templates, writeRecord } from './record.ts'

/** How many chunks and records were written, and the id that the next record would have. */
export type Written = { chunks: number; records: number; nextId: number }

/** The chunks of a log with these events. The bytes of one are good until the next is asked for. */
export function* writeChunks(events: Iterable<WrittenEvent>): Generator<Buffer, Written> {
  const builder = newChunkBuilder()
  const templates: Templates = new Map()
  const written: Written = { chunks: 0, records: 0, nextId: 1 }

  function seal(): Buffer {
    written.chunks++
    written.records += builder.records
    return sealChunk(builder, written.records - builder.records + 1)
  }

  for (const event of events) {
    const recordId = event.recordId ?? written.nextId
    const plan = planRecord(templates, event, recordId)
    if (builder.records > 0 && builder.at + sizeOfRecord(builder, plan) > chunkSize) {
      yield seal()
      renewChunkBuilder(builder)
    }
    const size = builder.at + sizeOfRecord(builder, plan)
    if (size > chunkSize)
      throw new Error(`an event makes a chunk of ${size} bytes: ${chunkSize} at most would be right`)
    writeRecord(builder, plan)
    written.nextId = recordId + 1
  }
  if (builder.records > 0) yield seal()
  return written
}

export type FileOptions = { version?: '3.1' | '3.2'; flags?: number }

/** The 4096 bytes before the chunks. */
export function fileHeader({ chunks, nextId }: Written, { version = '3.2', flags = 0 }: FileOptions = {}): Buffer {
  const bytes = Buffer.alloc(fileHeaderSize)
  fileSignature.copy(bytes)
  bytes.writeBigUInt64LE(BigInt(Math.max(0, chunks - 1)), 16)
  bytes.writeBigUInt64LE(BigInt(nextId), 24)
  bytes.writeUInt32LE(128, 32)
  bytes.writeUInt16LE(Number(version.slice(2)), 36)
  bytes.writeUInt16LE(3, 38)
  bytes.writeUInt16LE(fileHeaderSize, 40)
  bytes.writeUInt16LE(chunks & 0xffff, 42)
  bytes.writeUInt32LE(flags, 120)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 120)), 124)
  return bytes
}

/** A complete EVTX file in memory. */
export function evtxBytes(events: Iterable<WrittenEvent>, options?: FileOptions): Buffer {
  const chunks: Buffer[] = []
  const writing = writeChunks(events)
  for (;;) {
    const next = writing.next()
    if (next.done) return Buffer.concat([fileHeader(next.value, options), ...chunks])
    chunks.push(Buffer.from(next.value))
  }
}

/** Writes an EVTX file, one chunk in memory at a time. The header comes last, when the chunks are counted. */
export function writeEvtxFile(path: string, events: Iterable<WrittenEvent>, options?: FileOptions): Written {
  const file = openSync(path, 'w')
  try {
    const writing = writeChunks(events)
    for (let at = fileHeaderSize; ; at += chunkSize) {
      const next = writing.next()
      if (!next.done) writeSync(file, next.value, 0, chunkSize, at)
      else {
        writeSync(file, fileHeader(next.value, options), 0, fileHeaderSize, 0)
        return next.value
      }
    }
  } finally {
    closeSync(file)
  }
}

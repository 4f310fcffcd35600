import { headerChecksum, recordsChecksum } from '#lib/formats/evtx/checksum.ts'
import { chunkHeaderSize, chunkSize } from '#lib/formats/evtx/chunk.ts'
import { chunkSignature } from '#lib/formats/evtx/file.ts'
import { nameHash } from '#lib/formats/evtx/name.ts'

/** A chunk that is being written: its bytes so far, and the names and templates that are in it. */
export type ChunkBuilder = {
  bytes: Buffer
  at: number
  names: Map<string, number>
  templates: Map<string, number>
  records: number
  firstId: bigint
  lastId: bigint
  lastRecord: number
  /** Where the size of the EventData of the record being written belongs. */
  eventData: number
}

const stringTable = 128
const stringBuckets = 64
const templateTable = 384
const templateBuckets = 32

export function newChunkBuilder(): ChunkBuilder {
  return {
    bytes: Buffer.alloc(chunkSize),
    at: chunkHeaderSize,
    names: new Map(),
    templates: new Map(),
    records: 0,
    firstId: 0n,
    lastId: 0n,
    lastRecord: 0,
    eventData: 0,
  }
}

/** Links what is about to be written at `at` into its bucket: the table names the newest, which names the one before it. */
function link(builder: ChunkBuilder, table: number, bucket: number): void {
  const place = table + 4 * bucket
  builder.bytes.writeUInt32LE(builder.bytes.readUInt32LE(place), builder.at)
  builder.bytes.writeUInt32LE(builder.at, place)
}

/** Writes the offset of a name, and the name itself if the chunk does not have it yet. */
export function writeName(builder: ChunkBuilder, name: string): void {
  const { bytes, names } = builder
  const known = names.get(name)
  const place = known ?? builder.at + 4
  bytes.writeUInt32LE(place, builder.at)
  builder.at += 4
  if (known !== undefined) return
  names.set(name, place)
  const hash = nameHash(name)
  link(builder, stringTable, hash % stringBuckets)
  bytes.writeUInt16LE(hash, place + 4)
  bytes.writeUInt16LE(name.length, place + 6)
  bytes.write(name, place + 8, 'utf16le')
  bytes.writeUInt16LE(0, place + 8 + 2 * name.length)
  builder.at = place + 10 + 2 * name.length
}

/** Begins the definition of a template at the current place; its body follows the 24 bytes of its head. */
export function linkTemplate(builder: ChunkBuilder, key: string, guid: Buffer): void {
  builder.templates.set(key, builder.at)
  link(builder, templateTable, guid.readUInt32LE(0) % templateBuckets)
  guid.copy(builder.bytes, builder.at + 4)
}

/** Completes the header with its checksums; `firstNumber` is the number of the chunk's first record in the file. */
export function sealChunk(builder: ChunkBuilder, firstNumber: number): Buffer {
  const { bytes, at, records } = builder
  bytes.fill(0, at)
  chunkSignature.copy(bytes)
  bytes.writeBigUInt64LE(BigInt(firstNumber), 8)
  bytes.writeBigUInt64LE(BigInt(firstNumber + records - 1), 16)
  bytes.writeBigUInt64LE(builder.firstId, 24)
  bytes.writeBigUInt64LE(builder.lastId, 32)
  bytes.writeUInt32LE(128, 40)
  bytes.writeUInt32LE(builder.lastRecord, 44)
  bytes.writeUInt32LE(at, 48)
  bytes.writeUInt32LE(recordsChecksum(bytes, at), 52)
  bytes.writeUInt32LE(headerChecksum(bytes), 124)
  return bytes
}

/** Makes the builder ready for the next chunk, in the same bytes. */
export function renewChunkBuilder(builder: ChunkBuilder): void {
  builder.bytes.fill(0, 0, chunkHeaderSize)
  builder.at = chunkHeaderSize
  builder.names.clear()
  builder.templates.clear()
  builder.records = 0
}

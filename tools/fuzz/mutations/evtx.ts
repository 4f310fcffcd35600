import { crc32 } from 'node:zlib'
import { headerChecksum, recordsChecksum } from '#lib/formats/evtx/checksum.ts'
import { chunkHeaderSize, chunkSize } from '#lib/formats/evtx/chunk.ts'
import { fileHeaderSize } from '#lib/formats/evtx/file.ts'
import { edge } from './bytes.ts'
import { type Mutation, pick, type Roll } from './mutation.ts'

/** The chunks of a log, each a window into its bytes. */
function chunksOf(log: Buffer): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = fileHeaderSize; at + chunkHeaderSize < log.length; at += chunkSize)
    chunks.push(log.subarray(at, at + chunkSize))
  return chunks
}

/** Makes the checksums right for what the log says now, so that damage is met behind them. */
export function fixChecksums(log: Buffer): Buffer {
  if (log.length >= fileHeaderSize) log.writeUInt32LE(crc32(log.subarray(0, 120)), 124)
  for (const chunk of chunksOf(log)) {
    const free = chunk.readUInt32LE(48)
    if (free >= chunkHeaderSize && free <= chunk.length) chunk.writeUInt32LE(recordsChecksum(chunk, free), 52)
    chunk.writeUInt32LE(headerChecksum(chunk), 124)
  }
  return log
}

/** Where `sign` is in the used part of a chunk. */
function places(chunk: Buffer, sign: number[]): number[] {
  const found: number[] = []
  const bytes = Buffer.from(sign)
  for (
    let at = chunk.indexOf(bytes, chunkHeaderSize);
    at >= 0 && at < chunk.length - 40;
    at = chunk.indexOf(bytes, at + 1)
  )
    found.push(at)
  return found
}

type Field = { sign: number[]; offset: number; size: 2 | 4 }

/** Numbers that the reader follows or counts by, each by the bytes that are before it (libevtx: Windows XML Event Log). */
const fields: Field[] = [
  // A record: its size, the id that counts it.
  { sign: [0x2a, 0x2a, 0, 0], offset: 4, size: 4 },
  { sign: [0x2a, 0x2a, 0, 0], offset: 8, size: 4 },
  // An instance of a template: its id, where its definition is.
  { sign: [0x0c, 0x01], offset: 2, size: 4 },
  { sign: [0x0c, 0x01], offset: 6, size: 4 },
  { sign: [0x0c, 0x01], offset: 10, size: 4 },
  // A definition: the next of its kind, its size.
  { sign: [0x0f, 0x01, 0x01, 0x00], offset: -24, size: 4 },
  { sign: [0x0f, 0x01, 0x01, 0x00], offset: -4, size: 4 },
  // Elements with and without attributes: dependency, size, name.
  { sign: [0x41], offset: 1, size: 2 },
  { sign: [0x41], offset: 3, size: 4 },
  { sign: [0x41], offset: 7, size: 4 },
  { sign: [0x41], offset: 11, size: 4 },
  { sign: [0x01], offset: 3, size: 4 },
  { sign: [0x01], offset: 7, size: 4 },
  // Attributes and their names.
  { sign: [0x06], offset: 1, size: 4 },
  { sign: [0x46], offset: 1, size: 4 },
  // A literal text: its type and length.
  { sign: [0x05, 0x01], offset: 2, size: 2 },
  // Slots: number and type.
  { sign: [0x0d], offset: 1, size: 2 },
  { sign: [0x0e], offset: 1, size: 2 },
]

/** A number that leads somewhere in the chunk, or nowhere. */
const target = (chunk: Buffer, at: number, roll: Roll): number =>
  pick(
    [
      edge(roll),
      roll(chunkSize),
      at,
      pick(places(chunk, [0x2a, 0x2a, 0, 0]), roll) ?? 0,
      chunkHeaderSize + 24 + roll(600),
    ],
    roll,
  )

const changeField: Mutation = (log, roll) => {
  const chunk = pick(chunksOf(log), roll)
  if (chunk === undefined) return log
  for (let times = roll(4); times >= 0; times--) {
    const { sign, offset, size } = pick(fields, roll)
    const found = pick(places(chunk, sign), roll)
    const at = (found ?? 0) + offset
    if (found === undefined || at < 0) continue
    if (size === 4) chunk.writeUInt32LE(target(chunk, at, roll) >>> 0, at)
    else chunk.writeUInt16LE(target(chunk, at, roll) & 0xffff, at)
  }
  return fixChecksums(log)
}

/** First and last record number and id, header size, last record, free space, names and templates by hash. */
const headerFields = [8, 16, 24, 32, 40, 44, 48, 128, 132, 256, 384, 388, 508]

const changeHeader: Mutation = (log, roll) => {
  const chunk = pick(chunksOf(log), roll)
  if (chunk === undefined) return log
  chunk.writeUInt32LE(target(chunk, 0, roll) >>> 0, pick(headerFields, roll))
  return fixChecksums(log)
}

const changeFileHeader: Mutation = (log, roll) => {
  if (log.length >= fileHeaderSize) log.writeUInt32LE(edge(roll), pick([8, 16, 24, 32, 36, 38, 40, 42, 120], roll))
  return fixChecksums(log)
}

/** Types of the values of an instance: four bytes each, size and type, before the values. */
const changeValueTypes: Mutation = (log, roll) => {
  const chunk = pick(chunksOf(log), roll)
  const instance = chunk && pick(places(chunk, [0x0c, 0x01]), roll)
  if (chunk === undefined || instance === undefined) return log
  for (let times = roll(3); times >= 0; times--) {
    const at = Math.min(instance + 14 + 2 * roll(40), chunk.length - 2)
    chunk.writeUInt16LE(pick([roll(0x24), 0x21, 0x80 | roll(0x24), roll(2000), 0xffff], roll), at)
  }
  return fixChecksums(log)
}

const bytesInRecords: Mutation = (log, roll) => {
  const chunk = pick(chunksOf(log), roll)
  if (chunk === undefined) return log
  const free = Math.min(chunk.length, Math.max(chunkHeaderSize + 1, chunk.readUInt32LE(48)))
  for (let times = roll(12); times >= 0; times--) chunk[chunkHeaderSize + roll(free - chunkHeaderSize)] = roll(256)
  return fixChecksums(log)
}

/** Chunks come twice, are lost, or change places. */
const moveChunks: Mutation = (log, roll) => {
  const chunks = chunksOf(log)
  const order = Array.from({ length: chunks.length + roll(2) }, () => pick(chunks, roll)).filter(Boolean)
  return Buffer.concat([log.subarray(0, fileHeaderSize), ...order])
}

/** What happens to a log whose checksums are right: its numbers lead astray. */
export const evtxMutations: Mutation[] = [
  changeField,
  changeField,
  changeField,
  bytesInRecords,
  bytesInRecords,
  changeValueTypes,
  changeValueTypes,
  changeHeader,
  changeFileHeader,
  moveChunks,
]

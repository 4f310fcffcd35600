import { chunkSize } from './chunk.ts'

/** Bytes before the first chunk; 128 of them are used (libevtx: EVTX format, 2). */
export const fileHeaderSize = 4096

export const fileSignature = Buffer.from('ElfFile\0', 'latin1')
export const chunkSignature = Buffer.from('ElfChnk\0', 'latin1')

/** What a file said of itself and what was met in it; counts of chunks. */
export type EvtxStats = {
  /** `3.1` or `3.2`; null without a file header. */
  version: string | null
  isDirty: boolean
  isFull: boolean
  chunks: number
  /** Chunks whose checksums do not fit. They are read as far as possible. */
  badChecksums: number
  /** Chunks without their signature that are not all zero: records were lost there, or space that was never used contains remains. */
  badHeaders: number
  /** Records of binary XML without a template. */
  withoutTemplate: number
}

export const newStats = (): EvtxStats => ({
  version: null,
  isDirty: false,
  isFull: false,
  chunks: 0,
  badChecksums: 0,
  badHeaders: 0,
  withoutTemplate: 0,
})

// Flags of the file header; the third is set if checksums were not kept.
const dirtyFlag = 1
const fullFlag = 2
const noChecksumFlag = 4

/** `chunks` is how many chunks are in use by the header. */
export type FileHeader = { isEvtx: boolean; hasChecksums: boolean; chunks: number }

/** Reads the first bytes of a file. What is wrong there costs nothing: chunks are found by their place. */
export function readFileHeader(bytes: Buffer, stats: EvtxStats): FileHeader {
  if (bytes.length < 128 || !bytes.subarray(0, 8).equals(fileSignature))
    return { isEvtx: false, hasChecksums: true, chunks: 0 }
  stats.version = `${bytes.readUInt16LE(38)}.${bytes.readUInt16LE(36)}`
  const flags = bytes.readUInt32LE(120)
  // The flags of some copied logs are garbage.
  const areKnown = flags <= (dirtyFlag | fullFlag | noChecksumFlag)
  stats.isDirty = areKnown && (flags & dirtyFlag) !== 0
  stats.isFull = areKnown && (flags & fullFlag) !== 0
  return { isEvtx: true, hasChecksums: !areKnown || (flags & noChecksumFlag) === 0, chunks: bytes.readUInt16LE(42) }
}

/** Whether a file begins with a chunk: its header was lost, or it was carved. */
export const beginsWithChunk = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(chunkSignature)

const zeros = Buffer.alloc(chunkSize)

export const isZero = (bytes: Buffer, at: number, end: number): boolean =>
  bytes.compare(zeros, 0, end - at, at, end) === 0

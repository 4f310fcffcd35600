import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { newChannels } from './channels.ts'
import { chunkSize, newChunk, renewChunk } from './chunk.ts'
import type { EvtxStats } from './file.ts'
import { beginsWithChunk, fileHeaderSize, isZero, newStats, readFileHeader } from './file.ts'
import type { Block } from './pieces.ts'
import { fillBlock } from './pieces.ts'
import type { Reading } from './read-chunk.ts'
import { readChunk } from './read-chunk.ts'
import { snippetOf } from './snippet.ts'

/** `onStats` is called once, at the end, with what the file said of itself and how many of its chunks were damaged. */
export type EvtxOptions = Partial<ReadOptions> & { onStats?: (stats: EvtxStats) => void }

// A list of outcomes is given for each piece of input, and within a large piece after so many chunks (1 MiB).
const chunksPerList = 16

/**
 * Reads an EVTX file (3.1 and 3.2): the events of the ten codes completely, all others by code only. Bad input is an outcome, not an
 * exception; it costs a record or a chunk. One chunk is in memory at a time.
 */
export async function* readEvtx(
  bytes: AsyncIterable<Uint8Array>,
  options: EvtxOptions = {},
): AsyncGenerator<Outcome[]> {
  const stats = newStats()
  const reading: Reading = {
    outcomes: [],
    channels: newChannels(),
    stats,
    records: 0,
    header: { isEvtx: false, hasChecksums: true, chunks: 0 },
    onTrace: options.onTrace,
  }
  const chunk = newChunk()
  const header: Block = { bytes: Buffer.alloc(fileHeaderSize), size: fileHeaderSize, filled: 0 }
  const block: Block = { bytes: chunk.bytes, size: chunkSize, filled: 0 }
  let offset = 0

  function endHeader(): void {
    const head = header.bytes.subarray(0, header.filled)
    reading.header = readFileHeader(head, stats)
    if (beginsWithChunk(head)) fillBlock(block, head, 0)
    else offset = header.filled
  }

  function endChunk(): void {
    renewChunk(chunk, block.filled)
    readChunk(reading, chunk, offset)
    offset += block.filled
    block.filled = 0
  }

  function take(): Outcome[] {
    const outcomes = reading.outcomes.concat(reading.channels.takeOthers())
    reading.outcomes = []
    return outcomes
  }

  for await (const piece of bytes) {
    let at = 0
    let chunks = 0
    if (header.filled < header.size) {
      at = fillBlock(header, piece, at)
      if (header.filled === header.size) endHeader()
    }
    while (at < piece.length) {
      at = fillBlock(block, piece, at)
      if (block.filled < block.size) break
      endChunk()
      if (++chunks % chunksPerList === 0) yield take()
    }
    const outcomes = take()
    if (outcomes.length > 0) yield outcomes
  }

  if (header.filled < header.size) endHeader()
  if (block.filled > 0) endChunk()
  const head = header.bytes.subarray(0, header.filled)
  if (!reading.header.isEvtx && reading.records === 0 && head.length > 0) {
    const detail = `the file begins with ${isZero(head, 0, head.length) ? 'zeros' : 'other bytes'}: "ElfFile" would be right`
    reading.outcomes.push({
      kind: 'reject',
      reject: {
        record: ++reading.records,
        line: null,
        offset: 0,
        reason: 'bad-structure',
        detail,
        snippet: snippetOf(head, 0, head.length),
      },
    })
  }
  const rest = take()
  if (rest.length > 0) yield rest
  options.onStats?.(stats)
}

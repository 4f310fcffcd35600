import type { LoggedField } from '#lib/asr/event.ts'
import { isAsrCode } from '#lib/asr/templates.ts'
import { parseTime } from '#lib/asr/time.ts'
import type { Outcome, Trace } from '#lib/formats/outcome.ts'
import { type Claims, judge } from '#lib/formats/verdict.ts'
import type { Place, Reject } from '#lib/model/reject.ts'
import { parseFragment } from './binxml.ts'
import type { Channels } from './channels.ts'
import { isIntact } from './checksum.ts'
import type { Chunk } from './chunk.ts'
import { chunkHeaderSize, chunkSize } from './chunk.ts'
import { Damage, damageOf } from './damage.ts'
import { readSections } from './fields.ts'
import type { EvtxStats, FileHeader } from './file.ts'
import { chunkSignature, fileHeaderSize, isZero } from './file.ts'
import type { Identified } from './identity.ts'
import { identify } from './identity.ts'
import { freeSpaceOf, recordHead, walkRecords } from './records.ts'
import { snippetOf } from './snippet.ts'
import { token } from './token.ts'
import { readTrace } from './trace.ts'

/** What a file has given so far: outcomes that wait to be taken, counts of other records, and the number of records met. */
export type Reading = {
  outcomes: Outcome[]
  channels: Channels
  stats: EvtxStats
  records: number
  header: FileHeader
  onTrace: ((trace: Trace) => void) | undefined
}

type ChunkReading = { reading: Reading; chunk: Chunk; offset: number; isIntact: boolean; found: Identified }

/** Reads the records of a chunk that is at byte `offset` of its file. */
export function readChunk(reading: Reading, chunk: Chunk, offset: number): void {
  const { stats } = reading
  const hasHeader = chunk.bytes.subarray(0, 8).equals(chunkSignature)
  if (!hasHeader && isZero(chunk.bytes, 0, chunk.end)) return
  stats.chunks++
  if (!hasHeader) stats.badHeaders++
  const isSound = !reading.header.hasChecksums || isIntact(chunk)
  if (hasHeader && !isSound) stats.badChecksums++
  const state: ChunkReading = {
    reading,
    chunk,
    offset,
    isIntact: isSound,
    found: { code: 0, channel: 0, identity: null, values: -1 },
  }
  const before = reading.records
  walkRecords(chunk, hasHeader ? freeSpaceOf(chunk) : chunk.end, (kind, at, end) => {
    if (kind !== 'gap') readRecord(state, at, end, kind === 'torn')
    else if (hasHeader && !isZero(chunk.bytes, at, end))
      reject(state, at, end, new Damage('bad-structure', at, `no record begins in these ${end - at} bytes`))
  })
  // Space that the file header does not count may contain remains of other files.
  const isCounted = (offset - fileHeaderSize) / chunkSize < reading.header.chunks
  if (!hasHeader && isCounted && reading.records === before)
    reject(state, 0, chunk.end, new Damage('bad-structure', 0, 'the chunk has neither its signature nor a record'))
}

function readRecord(state: ChunkReading, at: number, end: number, isTorn: boolean): void {
  const { reading, chunk, found } = state
  const start = at + recordHead
  if (chunk.view.getUint8(start + 4) !== token.templateInstance) reading.stats.withoutTemplate++
  let isIdentified = false
  const damage = damageOf(() => {
    isIdentified = identify(chunk, start, end, reading.channels, found)
    if (isIdentified && !(isAsrCode(found.code) && reading.channels.isDefender(found.channel))) {
      reading.records++
      reading.channels.countOther(found.channel, found.code)
      if (reading.onTrace && reading.channels.isDefender(found.channel)) trace(state, end)
      return
    }
    readOurs(state, at, end)
  })
  if (damage) reject(state, at, end, isTorn && isCutOff(chunk, end) ? cutOff(damage) : damage)
}

/** Reports a record that is only counted. Damage in what says when and where it was logged costs no more than that. */
function trace({ reading, chunk, found }: ChunkReading, end: number): void {
  damageOf(() => {
    const trace = readTrace(chunk, found, end)
    if (trace) reading.onTrace?.(trace)
  })
}

const isCutOff = (chunk: Chunk, end: number): boolean => end === chunk.end && chunk.end < chunkSize

const cutOff = (damage: Damage): Damage =>
  new Damage('cut-off', damage.at, `the file ends within the record: ${damage.message}`)

/** Reads every field of a record that is ours, or that could not be identified otherwise. */
function readOurs(state: ChunkReading, at: number, end: number): void {
  const { reading, chunk, offset } = state
  const { content, damage } = parseFragment(chunk, at + recordHead, end, { isTemplate: false, depth: 0 })
  if (damage) throw damage
  const sections = readSections(content, { chunk, values: null, depth: 0 })
  if (!sections.System) throw new Damage('bad-structure', at, 'it has no System part: its template is lost')
  const claims = claimsOf(sections.System)
  const verdict = judge(claims, parseTime, sections)
  if (verdict.kind === 'reject') throw new Damage(verdict.reason, at, verdict.detail)
  reading.records++
  if (verdict.kind === 'event')
    reading.outcomes.push({ ...verdict, place: { record: reading.records, line: null, offset: offset + at } })
  else {
    reading.channels.countCode(verdict.code)
    if (verdict.trace) reading.onTrace?.(verdict.trace)
  }
}

function claimsOf(system: LoggedField[]): Claims {
  const claims: Claims = {
    channel: undefined,
    eventCode: undefined,
    dest: undefined,
    recordId: undefined,
    time: undefined,
  }
  for (const [name, value] of system) {
    if (name === 'Channel') claims.channel ??= value
    else if (name === 'EventID') claims.eventCode ??= value
    else if (name === 'Computer') claims.dest ??= value
    else if (name === 'EventRecordID') claims.recordId ??= value
    else if (name === 'TimeCreated') claims.time ??= value
  }
  return claims
}

function reject(state: ChunkReading, at: number, end: number, damage: Damage): void {
  const { reading, chunk, offset } = state
  const place: Place = { record: ++reading.records, line: null, offset: offset + at }
  const isChecksum = !state.isIntact && damage.reason === 'bad-structure' && reading.header.hasChecksums
  const detail = isChecksum ? `the checksum of its chunk is wrong, and ${damage.message}` : damage.message
  const rejected: Reject = {
    ...place,
    reason: isChecksum ? 'bad-checksum' : damage.reason,
    detail,
    snippet: snippetOf(chunk.bytes, at, Math.min(end, at + chunkHeaderSize)),
  }
  reading.outcomes.push({ kind: 'reject', reject: rejected })
}

import { parseTime } from '#lib/asr/time.ts'
import type { Trace } from '#lib/formats/outcome.ts'
import { readRecordId } from '#lib/formats/verdict.ts'
import type { Chunk } from './chunk.ts'
import { need } from './chunk.ts'
import { type Identified, slotStart } from './identity.ts'
import { fileTimeMs } from './time.ts'
import type { Content } from './tree.ts'
import { valueText } from './value.ts'
import { valueType } from './value-type.ts'

/** The slot of an element that is one substitution, else -1. */
function slotOf(content: Content[] | null, values: number): number {
  const only = content?.length === 1 ? content[0] : undefined
  return typeof only === 'object' && only.kind === 'substitution' && values >= 0 ? only.slot : -1
}

/** The text of an element that is one literal text, else null. */
function literalOf(content: Content[] | null): string | null {
  const only = content?.length === 1 ? content[0] : undefined
  return typeof only === 'string' ? only : null
}

const typeAt = (chunk: Chunk, values: number, slot: number): number => chunk.view.getUint8(values + 6 + 4 * slot)
const sizeAt = (chunk: Chunk, values: number, slot: number): number => chunk.view.getUint16(values + 4 + 4 * slot, true)

function textAt(chunk: Chunk, values: number, end: number, slot: number): string | null {
  const start = slotStart(chunk, values, end, slot)
  return start < 0 ? null : valueText(chunk, typeAt(chunk, values, slot), start, sizeAt(chunk, values, slot))
}

/** Where a value of this type and 8 bytes begins, or -1 if it is another. */
function start8(chunk: Chunk, values: number, end: number, slot: number, type: number): number {
  const start = slotStart(chunk, values, end, slot)
  if (start < 0 || typeAt(chunk, values, slot) !== type || sizeAt(chunk, values, slot) !== 8) return -1
  need(start, 8, end, 'a value')
  return start
}

function timeOf(chunk: Chunk, content: Content[] | null, values: number, end: number): number | null {
  const slot = slotOf(content, values)
  const start = slot < 0 ? -1 : start8(chunk, values, end, slot, valueType.fileTime)
  if (start >= 0) return fileTimeMs(chunk.view.getUint32(start, true), chunk.view.getUint32(start + 4, true))
  return parseTime((slot < 0 ? literalOf(content) : textAt(chunk, values, end, slot)) ?? '')
}

function recordIdOf(chunk: Chunk, content: Content[] | null, values: number, end: number): number | null {
  const slot = slotOf(content, values)
  const start = slot < 0 ? -1 : start8(chunk, values, end, slot, valueType.uint64)
  if (start < 0) return readRecordId((slot < 0 ? literalOf(content) : textAt(chunk, values, end, slot))?.trim())
  const id = chunk.view.getUint32(start + 4, true) * 2 ** 32 + chunk.view.getUint32(start, true)
  return Number.isSafeInteger(id) ? id : null
}

/**
 * When and where a record was logged that is not kept, from the few values that say so; null if it names no computer.
 * Throws Damage.
 */
export function readTrace(chunk: Chunk, { code, identity, values }: Identified, end: number): Trace | null {
  if (identity === null) return null
  const slot = slotOf(identity.computer, values)
  const dest = (slot < 0 ? literalOf(identity.computer) : textAt(chunk, values, end, slot))?.trim()
  if (!dest) return null
  const recordId = recordIdOf(chunk, identity.recordId, values, end)
  return { EventCode: code, dest, recordId, time: timeOf(chunk, identity.time, values, end) }
}

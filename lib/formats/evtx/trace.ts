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

/** A value where it lies: its type, and its place in the chunk. */
type Placed = { type: number; start: number; size: number }

/** The value of an element: its text where that is literal, else where it lies; null where it has none or is of another shape. */
function placedOf(chunk: Chunk, content: Content[] | null, values: number, end: number): Placed | string | null {
  const [only] = content?.length === 1 ? content : []
  if (only === undefined || typeof only === 'string') return only ?? null
  if (only.kind !== 'substitution' || values < 0) return null
  const start = slotStart(chunk, values, end, only.slot)
  if (start < 0) return null
  const size = chunk.view.getUint16(values + 4 + 4 * only.slot, true)
  need(start, size, end, 'a value')
  return { type: chunk.view.getUint8(values + 6 + 4 * only.slot), start, size }
}

const textOf = (chunk: Chunk, { type, start, size }: Placed): string => valueText(chunk, type, start, size)

function timeOf(chunk: Chunk, value: Placed | string | null): number | null {
  if (value === null || typeof value === 'string') return value === null ? null : parseTime(value)
  if (value.type !== valueType.fileTime || value.size !== 8) return parseTime(textOf(chunk, value))
  return fileTimeMs(chunk.view.getUint32(value.start, true), chunk.view.getUint32(value.start + 4, true))
}

function recordIdOf(chunk: Chunk, value: Placed | string | null): number | null {
  if (value === null || typeof value === 'string') return readRecordId(value?.trim())
  if (value.type !== valueType.uint64 || value.size !== 8) return readRecordId(textOf(chunk, value))
  const id = chunk.view.getUint32(value.start + 4, true) * 2 ** 32 + chunk.view.getUint32(value.start, true)
  return Number.isSafeInteger(id) ? id : null
}

/**
 * When and where a record was logged that is not kept, from the few values that say so; null where it names no computer.
 * Throws Damage.
 */
export function readTrace(chunk: Chunk, { identity, values }: Identified, end: number): Trace | null {
  if (identity === null) return null
  const computer = placedOf(chunk, identity.computer, values, end)
  const dest = computer === null || typeof computer === 'string' ? computer : textOf(chunk, computer)
  if (!dest?.trim()) return null
  const recordId = recordIdOf(chunk, placedOf(chunk, identity.recordId, values, end))
  return { dest: dest.trim(), recordId, time: timeOf(chunk, placedOf(chunk, identity.time, values, end)) }
}

import type { Chunk } from './chunk.ts'
import { need, spend } from './chunk.ts'
import { Damage } from './damage.ts'
import { readAnsi, readText } from './text.ts'
import { fileTimeText, systemTimeText } from './time.ts'
import { arrayFlag, sizeOfType, valueType } from './value-type.ts'

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0')

function guidText(chunk: Chunk, at: number): string {
  const { view, bytes } = chunk
  const first = `${hex(view.getUint32(at, true), 8)}-${hex(view.getUint16(at + 4, true), 4)}-${hex(view.getUint16(at + 6, true), 4)}`
  return `{${first}-${bytes.toString('hex', at + 8, at + 10)}-${bytes.toString('hex', at + 10, at + 16)}}`
}

/** `S-1-5-18`; an authority of more than 32 bits is written in hex (MS-DTYP 2.4.2.1). */
function sidText(chunk: Chunk, at: number, size: number): string {
  if (size < 8) return ''
  const { view } = chunk
  const count = view.getUint8(at + 1)
  need(at, 8 + 4 * count, at + size, 'a SID')
  const high = view.getUint16(at + 2)
  const low = view.getUint32(at + 4)
  let text = `S-${view.getUint8(at)}-${high === 0 ? low : `0x${hex(high, 4)}${hex(low, 8)}`}`
  for (let i = 0; i < count; i++) text += `-${view.getUint32(at + 8 + 4 * i, true)}`
  return text
}

/** A whole number of 1, 2, 4 or 8 bytes; the size that is stored counts, not the one the type should have. */
function wholeNumber(chunk: Chunk, at: number, size: number, isSigned: boolean): number | bigint {
  const { view } = chunk
  if (size === 4) return isSigned ? view.getInt32(at, true) : view.getUint32(at, true)
  if (size === 2) return isSigned ? view.getInt16(at, true) : view.getUint16(at, true)
  if (size === 1) return isSigned ? view.getInt8(at) : view.getUint8(at)
  if (size === 8) return isSigned ? view.getBigInt64(at, true) : view.getBigUint64(at, true)
  throw new Damage('bad-structure', at, `a number of ${size} bytes: 1, 2, 4 or 8 would be right`)
}

function realText(value: number): string {
  if (Number.isNaN(value)) return '-1.#IND'
  if (!Number.isFinite(value)) return value > 0 ? '1.#INF' : '-1.#INF'
  return String(value)
}

function isAnySet(chunk: Chunk, at: number, size: number): boolean {
  for (let i = at; i < at + size; i++) if (chunk.view.getUint8(i) !== 0) return true
  return false
}

/** One value as Windows renders it (MS-EVEN6 2.2.12.3, and what Windows does: hex without leading zeros, binary without blanks). */
export function valueText(chunk: Chunk, type: number, at: number, size: number): string {
  need(at, size, chunk.end, 'a value')
  const fixed = sizeOfType(type)
  if (fixed !== null && size === 0) return ''
  spend(chunk, 8, at)
  switch (type) {
    case valueType.null:
      return ''
    case valueType.string:
      return readText(chunk, at, size)
    case valueType.ansi:
      return readAnsi(chunk, at, size)
    case valueType.int8:
    case valueType.int16:
    case valueType.int32:
    case valueType.int64:
      return String(wholeNumber(chunk, at, size, true))
    case valueType.uint8:
    case valueType.uint16:
    case valueType.uint32:
    case valueType.uint64:
      return String(wholeNumber(chunk, at, size, false))
    case valueType.size:
    case valueType.hex32:
    case valueType.hex64:
      return `0x${wholeNumber(chunk, at, size, false).toString(16)}`
    case valueType.bool:
      return isAnySet(chunk, at, size) ? 'true' : 'false'
    case valueType.sid:
      return sidText(chunk, at, size)
  }
  if (fixed !== null && size !== fixed)
    throw new Damage('bad-structure', at, `a value of type ${type} has ${size} bytes: ${fixed} would be right`)
  switch (type) {
    case valueType.real32:
      return realText(chunk.view.getFloat32(at, true))
    case valueType.real64:
      return realText(chunk.view.getFloat64(at, true))
    case valueType.guid:
      return guidText(chunk, at)
    case valueType.fileTime:
      return fileTimeText(chunk.view.getUint32(at, true), chunk.view.getUint32(at + 4, true))
    case valueType.systemTime:
      return systemTimeText(chunk.view, at)
  }
  spend(chunk, 2 * size, at)
  return chunk.bytes.toString('hex', at, at + size).toUpperCase()
}

/** The values of a list in order. Strings are ended by NUL each; all others follow one another (libevtx: EVTX format, 4.3). */
export function arrayTexts(chunk: Chunk, type: number, at: number, size: number): string[] {
  const single = type & ~arrayFlag
  need(at, size, chunk.end, 'a list of values')
  if (single === valueType.string || single === valueType.ansi)
    return (single === valueType.string ? readText(chunk, at, size) : readAnsi(chunk, at, size)).split('\0')
  const step = single === valueType.size && size % 8 !== 0 ? 4 : sizeOfType(single)
  if (step === null) return [valueText(chunk, valueType.binary, at, size)]
  const texts: string[] = []
  for (let i = at; i + step <= at + size; i += step) texts.push(valueText(chunk, single, i, step))
  return texts.length > 0 ? texts : ['']
}

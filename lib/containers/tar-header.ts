/** Headers and bodies of a tar are filled up to so many bytes. */
export const blockSize = 512

/** What a header says of the bytes behind it. */
export type TarHeader = { name: string; size: number; type: string }

/** Types without a body, whatever size they say: links, devices, folders, pipes (POSIX ustar). */
const bodiless = '123456'

/** The text of a field, which zeros fill up. */
export function textOf(field: Buffer): string {
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? field.length : end)
}

const textIn = (block: Buffer, at: number, length: number): string => textOf(block.subarray(at, at + length))

/** A number in octal digits or, if its first bit is set, in binary (GNU); null if it is neither. */
function numberIn(block: Buffer, at: number, length: number): number | null {
  if (block[at] === 0x80) {
    const value = block.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
    return Number.isSafeInteger(value) ? value : null
  }
  const digits = textIn(block, at, length).trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(`0${digits}`, 8) : null
}

/** The sum of all bytes of the header, those of the sum itself taken for blanks. */
function isIntact(block: Buffer): boolean {
  const stored = numberIn(block, 148, 8)
  let sum = 8 * 0x20
  for (let at = 0; at < blockSize; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return stored === sum
}

/** Reads the header in a block; null if none is there, or a damaged one. */
export function readHeader(block: Buffer): TarHeader | null {
  const size = numberIn(block, 124, 12)
  if (block.length < blockSize || size === null || !isIntact(block)) return null
  const type = String.fromCharCode(block[156] || 0x30)
  const prefix = textIn(block, 257, 6) === 'ustar' ? textIn(block, 345, 155) : ''
  const name = textIn(block, 0, 100)
  return { name: prefix === '' ? name : `${prefix}/${name}`, size: bodiless.includes(type) ? 0 : size, type }
}

/** Path and size in an extended header (pax): records of `length key=value\n`. */
export function readExtended(body: Buffer): Partial<TarHeader> {
  const extended: Partial<TarHeader> = {}
  for (let at = 0; at < body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 20), 10)
    if (!(length > 0)) break
    const record = body.toString('utf8', at, at + length - 1)
    const [, key, value = ''] = /^\d+ ([^=]+)=([\s\S]*)$/.exec(record) ?? []
    if (key === 'path') extended.name = value
    if (key === 'size' && /^\d{1,15}$/.test(value)) extended.size = Number(value)
    at += length
  }
  return extended
}

import type { Chunk } from './chunk.ts'
import { need } from './chunk.ts'
import { Damage } from './damage.ts'

// A name: offset of the next in its hash bucket (4), hash (2), characters (2), UTF-16LE text, NUL (libevtx: EVTX format, 4.1.6).
const headSize = 8
// The longest in a Windows log has some 40.
const longestName = 1024
const notInNames = /[\s<>&'"=/\p{Cc}\p{Cs}]/u

/** The name of an element or attribute that is stored at `at`, which may be anywhere in the chunk. */
export function readName(chunk: Chunk, at: number): string {
  const known = chunk.names.get(at)
  if (known !== undefined) return known
  need(at, headSize, chunk.end, 'a name')
  const size = 2 * chunk.view.getUint16(at + 6, true)
  need(at, headSize + size, chunk.end, 'a name')
  if (size > 2 * longestName) throw new Damage('bad-structure', at, `a name has ${size / 2} characters`)
  const name = chunk.bytes.toString('utf16le', at + headSize, at + headSize + size)
  if (name === '' || notInNames.test(name))
    throw new Damage('bad-structure', at, `${JSON.stringify(name.slice(0, 40))} is not a name`)
  chunk.names.set(at, name)
  return name
}

/** Bytes that the name at `at` takes where it is. */
export const nameSize = (chunk: Chunk, at: number): number => headSize + 2 * chunk.view.getUint16(at + 6, true) + 2

/** The hash stored before a name: 65599 is its factor, the low 16 bits are kept (MS-EVEN6 2.2.12, NameHash). */
export function nameHash(name: string): number {
  let hash = 0
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 65599) + name.charCodeAt(i)) >>> 0
  return hash & 0xffff
}

/** Whether a name is at `at`, judged by its final NUL and its hash. */
export function isNameAt(chunk: Chunk, at: number): boolean {
  if (at < 0 || at + headSize > chunk.end) return false
  const size = 2 * chunk.view.getUint16(at + 6, true)
  const end = at + headSize + size
  if (size === 0 || end + 2 > chunk.end || chunk.view.getUint16(end, true) !== 0) return false
  return nameHash(chunk.bytes.toString('utf16le', at + headSize, end)) === chunk.view.getUint16(at + 4, true)
}

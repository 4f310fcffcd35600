import { type Mutation, pick, type Roll, span, splice } from './mutation.ts'

/** Numbers at the edges of what a field of 16, 32 or 64 bits holds. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff]

const randomBytes = (length: number, roll: Roll): Buffer => Buffer.from(Array.from({ length }, () => roll(256)))

/** An edge, or near one. */
export const edge = (roll: Roll): number => Math.min(0xffffffff, Math.max(0, pick(edges, roll) + roll(3) - 1))

/** What happens to the bytes of any file: bits flip, spans go missing, come twice, are wiped, or come from elsewhere. */
export const byteMutations: Mutation[] = [
  (bytes, roll) => {
    for (let i = roll(8); i >= 0 && bytes.length > 0; i--) {
      const at = roll(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8))
    }
    return bytes
  },
  (bytes, roll) => {
    for (let i = roll(20); i >= 0 && bytes.length > 0; i--) bytes[roll(bytes.length)] = roll(256)
    return bytes
  },
  (bytes, roll) => splice(bytes, roll(bytes.length + 1), 0, randomBytes(1 + roll(20), roll)),
  (bytes, roll) => {
    const { at, length } = span(bytes, roll)
    return splice(bytes, at, length, Buffer.alloc(0))
  },
  (bytes, roll) => {
    const { at, length } = span(bytes, roll)
    return splice(bytes, at, 0, bytes.subarray(at, at + length))
  },
  (bytes, roll) => {
    const { at, length } = span(bytes, roll)
    return bytes.fill(pick([0, 0, 0xff, 0x20, roll(256)], roll), at, at + length)
  },
  (bytes, roll) => bytes.subarray(0, roll(bytes.length + 1)),
  (bytes, roll) => bytes.subarray(roll(bytes.length + 1)),
  (bytes, roll) => {
    const { at, length } = span(bytes, roll)
    bytes.copy(bytes, roll(bytes.length + 1), at, at + length)
    return bytes
  },
  (bytes, roll) => {
    if (bytes.length >= 4) bytes.writeUInt32LE(edge(roll), roll(bytes.length - 3))
    return bytes
  },
]

/** The beginning of one log and the end of another. */
export const spliced = (bytes: Buffer, other: Buffer, roll: Roll): Buffer =>
  Buffer.concat([bytes.subarray(0, roll(bytes.length + 1)), other.subarray(roll(other.length + 1))])

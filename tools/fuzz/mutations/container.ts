import type { Container } from '#lib/containers/kind.ts'
import { edge } from './bytes.ts'
import { type Mutation, pick, type Roll } from './mutation.ts'

type Field = { offset: number; size: 2 | 4 }

/** The fields of a ZIP's three kinds of header by their signatures (APPNOTE.TXT 4.3): flags, method, checksum, sizes, lengths, offsets. */
const zipFields: [signature: number, fields: Field[]][] = [
  [0x04034b50, [6, 8, 26, 28].map((offset): Field => ({ offset, size: 2 }))],
  [0x04034b50, [14, 18, 22].map((offset): Field => ({ offset, size: 4 }))],
  [0x02014b50, [8, 10, 28, 30, 32].map((offset): Field => ({ offset, size: 2 }))],
  [0x02014b50, [16, 20, 24, 42].map((offset): Field => ({ offset, size: 4 }))],
  [0x06054b50, [4, 6, 8, 10, 20].map((offset): Field => ({ offset, size: 2 }))],
  [0x06054b50, [12, 16].map((offset): Field => ({ offset, size: 4 }))],
]

function places(bytes: Buffer, signature: number): number[] {
  const sign = Buffer.alloc(4)
  sign.writeUInt32LE(signature)
  const found: number[] = []
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) found.push(at)
  return found
}

const zipField: Mutation = (bytes, roll) => {
  const [signature, fields] = pick(zipFields, roll)
  const { offset, size } = pick(fields, roll)
  const at = (pick(places(bytes, signature), roll) ?? bytes.length) + offset
  if (at + size > bytes.length) return bytes
  if (size === 4) bytes.writeUInt32LE(pick([edge(roll), roll(bytes.length + 100)], roll), at)
  else bytes.writeUInt16LE(pick([edge(roll) & 0xffff, roll(100), 1 << roll(16)], roll), at)
  return bytes
}

/** Name, mode, owner, size, type, link, magic, prefix of a tar header (POSIX ustar). */
const tarFields: [offset: number, length: number][] = [
  [0, 100],
  [100, 8],
  [124, 12],
  [156, 1],
  [157, 100],
  [257, 8],
  [345, 155],
]

const octal = (value: number, length: number): Buffer => Buffer.from(`${value.toString(8).padStart(length - 1, '0')}\0`)

function fixTarChecksum(header: Buffer): void {
  header.fill(' ', 148, 156)
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    7,
  ).copy(header, 148)
}

const tarField: Mutation = (bytes, roll) => {
  const headers: number[] = []
  for (let at = 0; at + 512 <= bytes.length; at += 512)
    if (bytes.toString('latin1', at + 257, at + 262) === 'ustar') headers.push(at)
  const at = pick(headers, roll)
  if (at === undefined) return bytes
  const header = bytes.subarray(at, at + 512)
  const [offset, length] = pick(tarFields, roll)
  const kinds = [
    octal(edge(roll), length),
    Buffer.from([0x80, ...Buffer.alloc(length, 0xff)]),
    Buffer.from([48 + roll(60)]),
  ]
  const random = Buffer.from(Array.from({ length }, () => roll(256)))
  pick([...kinds, random, Buffer.alloc(length)], roll).copy(header, offset, 0, length)
  if (roll(4)) fixTarChecksum(header)
  return bytes
}

/** Flags and fields before the data, checksum and length behind it (RFC 1952, RFC 8878). */
const streamField: Mutation = (bytes, roll) => {
  const at = roll(2) ? 2 + roll(12) : bytes.length - 1 - roll(8)
  if (at >= 0 && at < bytes.length) bytes[at] = pick([0, 0xff, 1 << roll(8), roll(256)], roll)
  return bytes
}

/** Two containers in one file, or something behind the end. */
const appended: Mutation = (bytes, roll) =>
  Buffer.concat([bytes, roll(2) ? bytes.subarray(0, roll(bytes.length + 1)) : randomTail(roll)])

const randomTail = (roll: Roll): Buffer => Buffer.from(Array.from({ length: roll(2000) }, () => roll(256)))

/** What happens to the fields of a container. */
export function containerMutations(kind: Container): Mutation[] {
  if (kind === 'zip') return [zipField, zipField, zipField, zipField, appended]
  if (kind === 'tar') return [tarField, tarField, tarField, tarField, appended]
  return [streamField, streamField, appended]
}

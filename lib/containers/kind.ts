/** A file that contains other files, or one packed file: detected by its first bytes, never by its name. */
export type Container = 'gzip' | 'zstd' | 'zip' | 'tar'

/** Bytes that are looked at: a tar is recognized at the end of its first header. */
export const headBytes = 262

const signs: [Container, offset: number, bytes: number[]][] = [
  ['gzip', 0, [0x1f, 0x8b, 0x08]],
  ['zstd', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['zip', 0, [0x50, 0x4b, 0x05, 0x06]],
  ['tar', 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
]

/** Detects a container by its signature (RFC 1952, RFC 8878, APPNOTE.TXT 4.3, POSIX ustar); null if it is none. */
export function containerOf(head: Uint8Array): Container | null {
  const found = signs.find(([, offset, bytes]) => bytes.every((byte, index) => head[offset + index] === byte))
  return found?.[0] ?? null
}

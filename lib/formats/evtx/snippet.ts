const shown = 48

/** How some bytes begin: `2a 2a 00 00 |**..|`, as hex and as ASCII, of 48 bytes at most. */
export function snippetOf(bytes: Buffer, at: number, end: number): string {
  const some = bytes.subarray(at, Math.min(end, at + shown))
  const hex = Array.from(some, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const ascii = Array.from(some, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
  return `${hex} |${ascii}|`
}

const shown = 48

/** How some bytes begin: `2a 2a 00 00 |**..|`, as hex and as ASCII, of 48 bytes at most. */
export function snippetOf(bytes: Buffer, at: number, end: number): string {
  const some = bytes.subarray(at, Math.min(end, at + shown))
  const hex = some.toString('hex').replace(/..(?=.)/g, '$& ')
  return `${hex} |${some.toString('latin1').replace(/[^ -~]/g, '.')}|`
}

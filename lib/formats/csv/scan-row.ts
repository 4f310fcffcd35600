const quote = 0x22
const newline = 0x0a
const carriageReturn = 0x0d

/** Where a row ends (behind its line end) and how many cells it has; 'off' if the bytes end first, 'bad' if a quote is misplaced. */
export type ScannedRow = { end: number; width: number } | 'off' | 'bad'

/** Whether a cell may end at `at`: there is a delimiter or a line end. Null if the bytes end before that is known. */
function endsCell(bytes: Buffer, at: number, delimiter: number, isEnd: boolean): boolean | null {
  const byte = bytes[at]
  if (byte === undefined) return isEnd ? true : null
  if (byte !== carriageReturn) return byte === delimiter || byte === newline
  if (at + 1 >= bytes.length) return isEnd ? true : null
  return bytes[at + 1] === newline
}

/** Where a cell is, without the quotes around it. */
export type Cell = { from: number; to: number; isQuoted: boolean }

/** Whether the quote before `behind` may end its cell: it is before a delimiter or a line end. */
export type Closes = (behind: number, width: number) => boolean

/**
 * Finds the end of the row that begins at `from`, and passes its cells to `onCell`. Strictly (RFC 4180), a quote is
 * only around a cell or doubled in it; if `closes` is given, it says which quotes end a cell, and all others are text,
 * as in exports that do not double them. `isEnd` says that no more bytes follow.
 */
export function scanRow(
  bytes: Buffer,
  from: number,
  delimiter: number,
  isEnd: boolean,
  closes: Closes | null = null,
  onCell: (cell: Cell) => void = () => {},
): ScannedRow {
  let at = from
  for (let width = 1; ; width++) {
    const first = at
    if (bytes[at] === quote) {
      at++
      for (;;) {
        at = bytes.indexOf(quote, at)
        if (at < 0) return 'off'
        if (bytes[at + 1] === quote) {
          at += 2
          continue
        }
        const mayClose = endsCell(bytes, at + 1, delimiter, isEnd)
        if (mayClose === null) return 'off'
        at++
        if (mayClose && (closes === null || closes(at, width))) break
        if (closes === null) return 'bad'
      }
      onCell({ from: first + 1, to: at - 1, isQuoted: true })
      if (bytes[at] === carriageReturn) at++
    } else {
      while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== newline) {
        if (closes === null && bytes[at] === quote) return 'bad'
        at++
      }
      const isReturn = bytes[at] !== delimiter && bytes[at - 1] === carriageReturn && at > first
      onCell({ from: first, to: isReturn ? at - 1 : at, isQuoted: false })
    }
    if (at >= bytes.length) return isEnd ? { end: bytes.length, width } : 'off'
    at++
    if (bytes[at - 1] === newline) return { end: at, width }
  }
}

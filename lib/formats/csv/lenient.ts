import { type Closes, scanRow } from '#lib/formats/csv/scan-row.ts'

/** How the rows of a file are written: what is between cells, how many there are, and whether all are in quotes. */
export type Layout = { delimiter: number; width: number; isQuoted: boolean }

const quote = 0x22

/** Whether the bytes at `behind`, which are behind a quote, are a delimiter with the next cell behind it. */
const beginsNext = (bytes: Buffer, behind: number, { delimiter, isQuoted }: Layout): boolean =>
  bytes[behind] === delimiter && (!isQuoted || bytes[behind + 1] === quote)

/** First byte behind a line end at `at`. */
const behindLineEnd = (bytes: Buffer, at: number): number => at + (bytes[at] === 0x0d ? 2 : 1)

/** How far a row is followed that is only looked at to know where the one before it ends. */
const seekBytes = 64 * 1024

/** How many bytes may still be looked at ahead: of what is nothing but quotes and line ends, each would be looked at from each. */
export type Patience = { bytes: number }

/** Whether a row begins at `at`, seen quickly: the right number of cells, the last ended by the first quote that may end it. */
function beginsRow(bytes: Buffer, at: number, layout: Layout): boolean {
  if (at >= bytes.length) return true
  if (layout.isQuoted && bytes[at] !== quote) return false
  const closes: Closes = (behind, width) => width === layout.width || beginsNext(bytes, behind, layout)
  const row = scanRow(bytes.subarray(0, at + seekBytes), at, layout.delimiter, true, closes)
  return typeof row === 'object' && row.width === layout.width
}

/**
 * Finds the quotes that end a cell in a row in which others are not doubled: before a delimiter and the next cell, or, in
 * the last cell, before the end of the file or a line on which a row begins. After too many bytes, none does.
 */
export const closesLeniently =
  (bytes: Buffer, layout: Layout, patience: Patience): Closes =>
  (behind, width) => {
    if (width < layout.width) return beginsNext(bytes, behind, layout)
    if (bytes[behind] === layout.delimiter || patience.bytes <= 0) return false
    patience.bytes -= Math.min(seekBytes, bytes.length - behind)
    return beginsRow(bytes, behindLineEnd(bytes, behind), layout)
  }

/** The cells of a row that is complete; quotes that are doubled within quotes are one. */
export function readCells(row: Buffer, layout: Layout): string[] {
  const strict = cellsOf(row, layout, null)
  if (strict) return strict
  const isEnd = (behind: number) => behindLineEnd(row, behind) >= row.length
  const closes: Closes = (behind, width) => (width < layout.width ? beginsNext(row, behind, layout) : isEnd(behind))
  return cellsOf(row, layout, closes) ?? []
}

function cellsOf(row: Buffer, { delimiter }: Layout, closes: Closes | null): string[] | null {
  const cells: string[] = []
  const scanned = scanRow(row, 0, delimiter, true, closes, ({ from, to, isQuoted }) => {
    const text = row.toString('utf8', from, to)
    cells.push(isQuoted && text.includes('""') ? text.replaceAll('""', '"') : text)
  })
  return typeof scanned === 'object' && scanned.end === row.length ? cells : null
}

import { type Layout, readCells } from '#lib/formats/csv/lenient.ts'
import { scanRow } from '#lib/formats/csv/scan-row.ts'
import { eventViewerWidth, isEventViewer } from '#lib/formats/event-viewer/record.ts'
import { detectFlavour, type Flavour } from '#lib/formats/json/flavours.ts'

/**
 * What the head of a CSV export shows: its columns, how its rows are written and where the first begins (in UTF-8 without
 * byte order mark), and its kind; Event Viewer's is none that JSON has.
 */
export type CsvHead = { columns: string[]; layout: Layout; first: number; flavour: Flavour | null }

const delimiters = [',', ';', '\t'].map((character) => character.charCodeAt(0))

/** Lines before the head: blank ones, `#TYPE` of Windows PowerShell, `sep=` of Excel. */
const preamble = /^(?:[ \t]*\r?\n|#TYPE [^\n]*\n|sep=[,;\t]\r?\n)*/i

type Row = { cells: string[]; end: number } | null

function readRow(head: Buffer, from: number, delimiter: number, isEnd: boolean): Row {
  const row = scanRow(head, from, delimiter, isEnd)
  if (typeof row !== 'object') return null
  const layout = { delimiter, width: row.width, isQuoted: false }
  return { cells: readCells(head.subarray(from, row.end), layout), end: row.end }
}

/**
 * Detects a CSV export by the names of its columns, or null if they are those of none. `head` is UTF-8 without byte
 * order mark; `isEnd` says that it is the complete file.
 */
export function detectCsv(head: Buffer, isEnd: boolean): CsvHead | null {
  const begin = preamble.exec(head.toString('latin1', 0, 4096))?.[0].length ?? 0
  for (const delimiter of delimiters) {
    const row = readRow(head, begin, delimiter, isEnd)
    if (!row) continue
    const columns = row.cells
    const layout = { delimiter, width: columns.length, isQuoted: head[begin] === 0x22 }
    const second = readRow(head, row.end, delimiter, isEnd)?.cells ?? null
    if (isEventViewer(columns, second)) {
      return { columns, layout: { ...layout, width: eventViewerWidth }, first: row.end, flavour: null }
    }
    const flavour = detectFlavour(Object.fromEntries(columns.map((column) => [column, ''])))
    if (flavour) return { columns, layout, first: row.end, flavour }
  }
  return null
}

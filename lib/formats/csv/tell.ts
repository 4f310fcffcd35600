import { readCells, scanRow } from '#lib/formats/csv/scan-row.ts'
import type { Layout } from '#lib/formats/csv/split.ts'
import { eventViewerWidth, isEventViewer } from '#lib/formats/event-viewer/record.ts'
import { type Flavour, tellFlavour } from '#lib/formats/json/flavours.ts'

/** What the head of a CSV export tells: its columns, how its rows are cut, and its kind; Event Viewer's has no flavour of JSON. */
export type CsvHead = { columns: string[]; layout: Layout; flavour: Flavour | null }

const delimiters = [',', ';', '\t'].map((character) => character.charCodeAt(0))

/** Lines before the head: blank ones, `#TYPE` of Windows PowerShell, `sep=` of Excel. */
const preamble = /^(?:[ \t]*\r?\n|#TYPE [^\n]*\n|sep=[,;\t]\r?\n)*/i

type Row = { cells: string[]; end: number } | null

function readRow(head: Buffer, from: number, delimiter: number, isEnd: boolean): Row {
  const row = scanRow(head, from, delimiter, isEnd, true)
  return typeof row === 'object' ? { cells: readCells(head.subarray(from, row.end), delimiter), end: row.end } : null
}

/**
 * Tells a CSV export by the names of its columns, or null where they are those of none. `head` is UTF-8 without byte
 * order mark; `isEnd` tells that it is the whole file.
 */
export function tellCsv(head: Buffer, isEnd: boolean): CsvHead | null {
  const begin = preamble.exec(head.toString('latin1', 0, 4096))?.[0].length ?? 0
  for (const delimiter of delimiters) {
    const first = readRow(head, begin, delimiter, isEnd)
    if (!first) continue
    const columns = first.cells
    const layout = { delimiter, width: columns.length, first: first.end }
    const second = readRow(head, first.end, delimiter, isEnd)?.cells ?? null
    if (isEventViewer(columns, second))
      return { columns, layout: { ...layout, width: eventViewerWidth }, flavour: null }
    const flavour = tellFlavour(Object.fromEntries(columns.map((column) => [column, ''])))
    if (flavour) return { columns, layout, flavour }
  }
  return null
}

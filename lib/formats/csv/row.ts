import type { FileClock } from '#lib/formats/csv/clock.ts'
import type { CsvHead } from '#lib/formats/csv/detect-csv.ts'
import { eventViewerShape } from '#lib/formats/event-viewer/record.ts'
import { unfold } from '#lib/formats/json/dotted.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { judgeShape } from '#lib/formats/shape.ts'
import type { Verdict } from '#lib/formats/verdict.ts'

/** Judges a row as an object of the same kind of export in JSON; a cell with nothing in it is not there. */
export function readRow(head: CsvHead, cells: string[], options: ReadOptions, clock: FileClock): Verdict {
  clock.isUnsure = false
  const verdict = judgeRow(head, cells, options, clock)
  if (verdict.kind !== 'other' || !verdict.trace || !clock.isUnsure) return verdict
  return { ...verdict, trace: { ...verdict.trace, time: null } }
}

function judgeRow(head: CsvHead, cells: string[], options: ReadOptions, clock: FileClock): Verdict {
  if (!head.flavour)
    return judgeShape(
      eventViewerShape(cells, (text) => clock.read(text, options.tz)),
      options,
    )
  const filled = head.columns
    .map((column, index) => [column, cells[index] ?? ''] as const)
    .filter(([, cell]) => cell !== '')
  return head.flavour.read(unfold(Object.fromEntries(filled)), options, clock.read)
}

const cellAt = (head: CsvHead, cells: string[], column: string): string => cells[head.columns.indexOf(column)] ?? ''

/** The cells of a row that may tell in which order day and month are written: its time, and its message. */
export function datedCells(head: CsvHead, cells: string[]): [time: string, message: string] {
  if (!head.flavour) return [cells[1] ?? '', cells[5] ?? '']
  const time = ['TimeCreated', 'Timestamp', 'TimeGenerated'].map((column) => cellAt(head, cells, column)).find(Boolean)
  return [time ?? '', cellAt(head, cells, 'Message')]
}

/** Whether a row is the head again, as when exports were put together into one file. */
export const isHeadAgain = (head: CsvHead, cells: string[]): boolean =>
  (cells.length === head.columns.length && cells.every((cell, index) => cell === head.columns[index])) ||
  (cells.length === 1 && /^#TYPE /.test(cells[0] ?? ''))

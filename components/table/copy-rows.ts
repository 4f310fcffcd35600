import { copyText } from '#components/ui/copy.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { commentLines, mostUploads, type ViewFact, type ViewUploads, viewFacts } from '#lib/params/view.ts'
import { withoutFormulas } from '#lib/text/formula.ts'
import { markdownHead, markdownTable } from '#lib/text/markdown.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import type { RawRows } from './raw-rows.ts'
import type { TableContext } from './table-context.ts'

/** Puts rows on the clipboard, for a spreadsheet. */
export async function copyRows(title: string, raw: RawRows, context: TableContext): Promise<void> {
  const copied = copiedRows(title, raw, context, await fetchUploads())
  await copyText(tsvText(copied), `${countOf(raw.rows.length, 'row')} copied`)
}

/** Rows with what they are. */
export const copiedRows = (
  title: string,
  raw: RawRows,
  { screen, params = screen.params, window: range }: TableContext,
  uploads: ViewUploads | null,
): CopiedRows => ({ title, ...raw, facts: viewFacts({ table: screen.table, params, range, uploads }) })

/** Rows as they are copied: the columns shown with their texts and figures, and what the rows are. */
export type CopiedRows = {
  title: string
  columns: readonly string[]
  rows: readonly Record<string, string | number | null>[]
  facts: readonly ViewFact[]
}

const rowsFact = ({ rows }: CopiedRows): ViewFact => ({ name: 'rows', values: [`${rows.length} selected`] })

const tsvCell = (value: string | number | null | undefined): string =>
  typeof value === 'number' ? String(value) : withoutFormulas(visibleText(value ?? 'NULL'))

/** Rows for a spreadsheet: lines that say what they are, the names of the columns, and a row a line. No cell runs as a formula. */
export function tsvText(copied: CopiedRows): string {
  const { columns, rows, facts } = copied
  const lines = [columns, ...rows.map((row) => columns.map((column) => tsvCell(row[column])))]
  return commentLines([...facts, rowsFact(copied)]) + lines.map((cells) => `${cells.join('\t')}\n`).join('')
}

/** Rows for a ticket. */
export const markdownOf = (copied: CopiedRows): string =>
  `${markdownHead(copied.title, [...copied.facts, rowsFact(copied)])}\n\n${markdownTable(copied.columns, copied.rows)}`

/** The uploads that the rows of any table are from; null if they cannot be read. */
export async function fetchUploads(): Promise<ViewUploads | null> {
  try {
    const response = await fetch(`${apiPaths.table('uploads')}?limit=${mostUploads}`)
    const answer = (await response.json()) as Partial<ViewUploads>
    return response.ok && typeof answer.total === 'number' && Array.isArray(answer.rows)
      ? { total: answer.total, rows: answer.rows }
      : null
  } catch {
    // Offline or not JSON: the copy says that they are not known.
    return null
  }
}

import { detections } from '#lib/asr/detections.ts'
import { longestPage } from '#lib/params/limits.ts'
import type { TableName } from '#lib/params/params.ts'
import type { ViewFact } from '#lib/params/view.ts'
import { markdownHead, markdownTable } from '#lib/text/markdown.ts'
import { apiWriter } from './api-writer.ts'
import { type ExportFile, fileHeaders } from './export.ts'

/** Rows that a table in Markdown has at most: it is read by people, in a ticket. */
export const mostInMarkdown = longestPage.page

const otherTitles: Partial<Record<TableName, string>> = { events: 'ASR events', stack: 'Stacks' }

/** The title of a table in a ticket. */
const titleOf = (table: TableName): string =>
  Object.hasOwn(detections, table)
    ? detections[table as keyof typeof detections].title
    : (otherTitles[table] ?? `${table.charAt(0).toUpperCase()}${table.slice(1)}`)

type Page = { rows: readonly Record<string, unknown>[]; total: number; first: number }

/** Which rows these are, and how many of the table are left out. */
function rowsFact({ rows, total, first }: Page): ViewFact {
  const left = total - rows.length
  const which = rows.length < total && rows.length > 0 ? ` (${first} to ${first + rows.length - 1})` : ''
  const text = `${rows.length} of ${total}${which}`
  return { name: 'rows', values: left > 0 ? [text, `${left} left out`] : [text] }
}

/** Rows as a document of Markdown: what they are, then a table. */
export function markdownAnswer(
  table: TableName,
  page: Page,
  file: ExportFile & { facts: readonly ViewFact[] },
): Response {
  const rows = page.rows.map(apiWriter(file.row) as (row: Record<string, unknown>) => Record<string, unknown>)
  const head = markdownHead(titleOf(table), [...file.facts, rowsFact(page)])
  const text = `${head}\n\n${markdownTable(file.chosen ?? file.columns, rows)}`
  return new Response(text, { headers: fileHeaders('text/markdown; charset=utf-8', `${file.name}.md`) })
}

import type { Context } from '#lib/access/context.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { pageRange } from '#lib/params/page.ts'
import type { TableName } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { mostUploads, viewFacts } from '#lib/params/view.ts'
import { ask, askAgain, type Question } from '#lib/query/question.ts'
import { riskRange } from '#lib/query/risk.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import type { Range } from '#lib/store/reads.ts'
import { errorAnswer, problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { exportAnswer } from './export.ts'
import { asksForHeader, chosenColumns } from './export-columns.ts'
import { markdownAnswer, mostInMarkdown } from './export-markdown.ts'
import { recordExport } from './export-record.ts'
import { fileName } from './file-name.ts'
import { tableFormatOf, tableFormats, tableReader } from './table-format.ts'
import { tables } from './tables.ts'

/** What the rows of a question are, for the header of a file. */
async function factsOf({ reads }: Context, table: TableName, { params }: Question, range: Range) {
  const uploads = await selectUploads(reads, { ...defaultParams('uploads'), limit: mostUploads })
  return viewFacts({ table, params, range: { from: range.from, to: range.to }, uploads })
}

/** Answers a GET of a table: a page as JSON, every row as CSV or NDJSON, or as many as a ticket takes as Markdown. */
export async function serveTable(context: Context, request: Request, name: TableName): Promise<Response> {
  const { reads, now } = context
  const url = new URL(request.url)
  const format = tableFormatOf(url, request.headers.get('accept'))
  const table = tables[name]
  const own = ['format', 'columns', 'header']
  const { params, problems } = parseParams(searchParamsOf(url), name, own, tableReader(format))
  const isFile = format !== 'json'
  const { columns: chosen, problems: odd } = chosenColumns(url, isFile, Object.keys(table.row.shape))
  const { hasHeader, problems: wrong } = asksForHeader(url, isFile)
  const all = [...problems, ...odd, ...wrong]
  if (all.length > 0) return problemsAnswer(all)
  if (format === null) return errorAnswer(400, 'bad-parameter', `format is one of ${tableFormats.join(', ')}.`)
  const question = await ask(reads, params, now)
  if (format === 'json') return Response.json(apiWriter(table.answer)(await table.select(reads, question)))
  await recordExport(context, request, format)
  const range = name === 'risk' ? riskRange(question) : question.window
  const facts = hasHeader || format === 'md' ? await factsOf(context, name, question, range) : null
  const file = { ...table, columns: table.columns(params), name: fileName(name, params, range, now), chosen }
  if (format !== 'md') return exportAnswer(format, table.stream(reads, question), { ...file, facts })
  const limited = askAgain(question, { limit: params.limit ?? mostInMarkdown })
  const page = await table.select(reads, limited)
  return markdownAnswer(name, { ...page, first: pageRange(limited.params).offset + 1 }, { ...file, facts: facts ?? [] })
}

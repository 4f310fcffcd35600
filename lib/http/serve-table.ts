import type { Context } from '#lib/access/context.ts'
import type { TableName } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { ask } from '#lib/query/question.ts'
import { riskRange } from '#lib/query/risk.ts'
import { errorAnswer, problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { exportAnswer, formatOf, formats, readerOf } from './export.ts'
import { chosenColumns } from './export-columns.ts'
import { fileName } from './file-name.ts'
import { tables } from './tables.ts'

/** Answers a GET of a table: a page as JSON, or every row as CSV or NDJSON. */
export async function serveTable({ reads, now }: Context, request: Request, name: TableName): Promise<Response> {
  const url = new URL(request.url)
  const format = formatOf(url, request.headers.get('accept'))
  const table = tables[name]
  const { params, problems } = parseParams(searchParamsOf(url), name, ['format', 'columns'], readerOf(format))
  const { columns: chosen, problems: odd } = chosenColumns(url, format !== 'json', Object.keys(table.row.shape))
  if (problems.length + odd.length > 0) return problemsAnswer([...problems, ...odd])
  if (format === null) return errorAnswer(400, 'bad-parameter', `format is one of ${formats.join(', ')}.`)
  const question = await ask(reads, params, now)
  if (format !== 'json') {
    const range = name === 'risk' ? riskRange(question) : question.window
    const file = { ...table, columns: table.columns(params), name: fileName(name, params, range, now), chosen }
    return exportAnswer(format, table.stream(reads, question), file)
  }
  return Response.json(apiWriter(table.answer)(await table.select(reads, question)))
}

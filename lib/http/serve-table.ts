import type { Context } from '#lib/access/context.ts'
import type { TableName } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { ask } from '#lib/query/question.ts'
import { errorAnswer, problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { exportAnswer, formatOf, formats, readerOf } from './export.ts'
import { tables } from './tables.ts'

/** Answers a GET of a table: a page as JSON, or every row as CSV or NDJSON. */
export async function serveTable({ reads, now }: Context, request: Request, name: TableName): Promise<Response> {
  const url = new URL(request.url)
  const format = formatOf(url, request.headers.get('accept'))
  const { params, problems } = parseParams(searchParamsOf(url), name, ['format'], readerOf(format))
  if (problems.length > 0) return problemsAnswer(problems)
  if (format === null) return errorAnswer(400, 'bad-parameter', `format is one of ${formats.join(', ')}.`)
  const question = await ask(reads, params, now)
  const table = tables[name]
  if (format !== 'json') return exportAnswer(format, table.stream(reads, question), { ...table, name })
  return Response.json(apiWriter(table.answer)(await table.select(reads, question)))
}

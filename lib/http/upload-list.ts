import type { z } from 'zod'
import type { Context } from '#lib/access/context.ts'
import { type Page, page } from '#lib/model/schema.ts'
import { type PageRange, pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { errorAnswer, notFoundAnswer, problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { exportAnswer, formatOf, readerOf } from './export.ts'
import { recordExport } from './export-record.ts'

/** A list that belongs to an upload: the schema of its rows, a page of it, and all of it for CSV and NDJSON. */
export type UploadList = {
  name: string
  row: z.ZodObject
  page: (params: Params, range: PageRange) => Promise<Page<Record<string, unknown>>>
  all: (params: Params) => AsyncIterable<object[]>
}

/** Answers for a list of an upload, in the format that the URL or `Accept` asks for. */
export async function uploadListAnswer(
  context: Context,
  request: Request,
  id: string,
  list: UploadList,
): Promise<Response> {
  const url = new URL(request.url)
  const format = formatOf(url, request.headers.get('accept'))
  const { params, problems } = parseParams(searchParamsOf(url), 'uploads', ['format'], readerOf(format))
  if (problems.length > 0) return problemsAnswer(problems)
  if ((await context.reads.upload(id)) === null) return notFoundAnswer(`upload ${id}`)
  if (format === null) return errorAnswer(400, 'bad-parameter', 'format is one of json, csv, ndjson.')
  if (format !== 'json') {
    await recordExport(context, request, format)
    return exportAnswer(format, list.all(params), { ...list, columns: Object.keys(list.row.shape) })
  }
  return Response.json(apiWriter(page(list.row))(await list.page(params, pageRange(params))))
}

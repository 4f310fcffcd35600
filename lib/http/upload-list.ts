import type { Params } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { pageLength } from '#lib/query/page.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'
import type { Store } from '#lib/store/store.ts'
import { errorAnswer, notFoundAnswer, problemsAnswer } from './answer.ts'
import { exportAnswer, formatOf, readerOf } from './export.ts'

/** A list that belongs to an upload: a page of it as JSON answers it, and all of it for CSV and NDJSON. */
export type UploadList = {
  name: string
  columns: readonly string[]
  page: (store: Store, id: string, params: Params, at: { offset: number; limit: number }) => Promise<object>
  all: (store: Store, id: string, params: Params) => AsyncIterable<object[]>
}

/** Answers for a list of an upload, in the format that the URL or `Accept` asks for. */
export async function uploadListAnswer(request: Request, id: string, list: UploadList): Promise<Response> {
  const url = new URL(request.url)
  const format = formatOf(url, request.headers.get('accept'))
  const { params, problems } = parseParams(searchParamsOf(url), 'uploads', ['format'], readerOf(format))
  if (problems.length > 0) return problemsAnswer(problems)
  const store = await getStore()
  if ((await selectUpload(store, id)) === null) return notFoundAnswer(`upload ${id}`)
  if (format === null) return errorAnswer(400, 'bad-parameter', 'format is one of json, csv, ndjson.')
  if (format !== 'json') return exportAnswer(format, list.all(store, id, params), list.columns, list.name)
  const limit = params.limit ?? pageLength
  return Response.json(await list.page(store, id, params, { offset: (params.page - 1) * limit, limit }))
}

import { errorAnswer, notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { exportAnswer, formatOf } from '#lib/http/export.ts'
import { apiRow } from '#lib/http/json.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { continuityLists, destAsked, listColumns, selectList, streamList } from '#lib/query/continuity.ts'
import { pageLength } from '#lib/query/page.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'

/** The dests, breaks or versions of an upload, of all dests or one. */
export const GET = route(async (request: Request, context: RouteContext<'/api/v1/uploads/[id]/[list]'>) => {
  const { id, list: name } = await context.params
  const list = continuityLists.find((each) => each === name)
  if (list === undefined) return notFoundAnswer(`list ${name} of an upload`)
  const url = new URL(request.url)
  const { params, problems } = parseParams(searchParamsOf(url), 'uploads', ['format'])
  if (problems.length > 0) return problemsAnswer(problems)
  const store = await getStore()
  if ((await selectUpload(store, id)) === null) return notFoundAnswer(`upload ${id}`)
  const format = formatOf(url, request.headers.get('accept'))
  if (format === null) return errorAnswer(400, 'bad-parameter', 'format is one of json, csv, ndjson.')
  const dest = destAsked(params.filters)
  if (format !== 'json') return exportAnswer(format, streamList(store, list, id, dest), listColumns[list], list)
  const limit = params.limit ?? pageLength
  const { total, rows } = await selectList(store, list, id, { dest, offset: (params.page - 1) * limit, limit })
  return Response.json({ total, rows: rows.map(apiRow) })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

import { errorAnswer, notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { exportAnswer, formatOf } from '#lib/http/export.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { pageLength } from '#lib/query/page.ts'
import { selectRejects, selectUpload, streamRejects } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'

const columns = ['log', 'record', 'line', 'offset', 'reason', 'detail', 'snippet']

export const GET = route(async (request: Request, context: RouteContext<'/api/v1/uploads/[id]/rejects'>) => {
  const { id } = await context.params
  const url = new URL(request.url)
  const { params, problems } = parseParams(searchParamsOf(url), 'uploads', ['format'])
  if (problems.length > 0) return problemsAnswer(problems)
  const store = await getStore()
  if ((await selectUpload(store, id)) === null) return notFoundAnswer(`upload ${id}`)
  const format = formatOf(url, request.headers.get('accept'))
  if (format === null) return errorAnswer(400, 'bad-parameter', 'format is one of json, csv, ndjson.')
  if (format !== 'json') return exportAnswer(format, streamRejects(store, id), columns, 'rejects')
  const limit = params.limit ?? pageLength
  return Response.json(await selectRejects(store, id, { offset: (params.page - 1) * limit, limit }))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

import { errorAnswer, notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { readCompared, unnamed } from '#lib/http/compare.ts'
import { exportAnswer, formatOf, readerOf } from '#lib/http/export.ts'
import { apiRow } from '#lib/http/json.ts'
import { tables } from '#lib/http/tables.ts'
import { searchParamsOf } from '#lib/params/parse.ts'
import { selectComparedEvents, streamComparedEvents } from '#lib/query/compare/events.ts'
import { pageLength } from '#lib/query/page.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'

/** The events that two uploads both hold, or one of them only. */
export const GET = route(async (request: Request) => {
  const url = new URL(request.url)
  const format = formatOf(url, request.headers.get('accept'))
  const asked = readCompared(searchParamsOf(url), ['format'], readerOf(format))
  const problems = [...asked.problems, ...unnamed(asked)]
  const { a, b, place, params } = asked
  if (problems.length > 0 || a === null || b === null) return problemsAnswer(problems)
  const store = await getStore()
  for (const id of [a, b]) if ((await selectUpload(store, id)) === null) return notFoundAnswer(`upload ${id}`)
  if (format === null) return errorAnswer(400, 'bad-parameter', 'format is one of json, csv, ndjson.')
  if (format !== 'json') {
    return exportAnswer(format, streamComparedEvents(store, [a, b], place), tables.events.columns, 'compared')
  }
  const limit = params.limit ?? pageLength
  const page = { offset: (params.page - 1) * limit, limit }
  const { total, rows } = await selectComparedEvents(store, [a, b], place, page)
  return Response.json({ total, rows: rows.map(apiRow) })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

import { errorAnswer, notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { readCompared, unnamed } from '#lib/http/compare.ts'
import { exportAnswer, formatOf, readerOf } from '#lib/http/export.ts'
import { recordExport } from '#lib/http/export-record.ts'
import { tables } from '#lib/http/tables.ts'
import { eventRow } from '#lib/model/hunting.ts'
import { page } from '#lib/model/schema.ts'
import { pageRange } from '#lib/params/page.ts'
import { searchParamsOf } from '#lib/params/parse.ts'

const write = apiWriter(page(eventRow))

/** The events that both of two uploads have, or only one of them. */
export const GET = route(async (context, request: Request) => {
  const { reads } = context
  const url = new URL(request.url)
  const format = formatOf(url, request.headers.get('accept'))
  const asked = readCompared(searchParamsOf(url), ['format'], readerOf(format))
  const problems = [...asked.problems, ...unnamed(asked)]
  const { a, b, place, params } = asked
  if (problems.length > 0 || a === null || b === null) return problemsAnswer(problems)
  for (const id of [a, b]) if ((await reads.upload(id)) === null) return notFoundAnswer(`upload ${id}`)
  if (format === null) return errorAnswer(400, 'bad-parameter', 'format is one of json, csv, ndjson.')
  if (format !== 'json') {
    await recordExport(context, request, format)
    return exportAnswer(format, reads.comparedEventRows([a, b], place), {
      ...tables.events,
      columns: Object.keys(eventRow.shape),
      name: 'compared',
    })
  }
  return Response.json(write(await reads.comparedEvents([a, b], place, pageRange(params))))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

import { notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { readCompared, unnamed } from '#lib/http/compare.ts'
import { apiRow } from '#lib/http/json.ts'
import { searchParamsOf } from '#lib/params/parse.ts'
import { selectComparison } from '#lib/query/compare/compare.ts'
import { pageLength } from '#lib/query/page.ts'
import { getStore } from '#lib/store/open.ts'

/** Two uploads compared: their dests, codes and versions, and how many events both have. */
export const GET = route(async (request: Request) => {
  const asked = readCompared(searchParamsOf(new URL(request.url)), [], 'json')
  const problems = [...asked.problems, ...unnamed(asked)]
  const { a, b, params } = asked
  if (problems.length > 0 || a === null || b === null) return problemsAnswer(problems)
  const limit = params.limit ?? pageLength
  const found = await selectComparison(await getStore(), [a, b], { offset: (params.page - 1) * limit, limit })
  if (found === null) return notFoundAnswer(`upload ${a} or no upload ${b}`)
  const rows = found.dests.rows.map((row) => ({ ...row, a: row.a && apiRow(row.a), b: row.b && apiRow(row.b) }))
  return Response.json({ ...found, a: apiRow(found.a), b: apiRow(found.b), dests: { ...found.dests, rows } })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

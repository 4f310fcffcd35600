import { notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { readCompared, unnamed } from '#lib/http/compare.ts'
import { apiRow } from '#lib/http/json.ts'
import { pageRange } from '#lib/params/page.ts'
import { searchParamsOf } from '#lib/params/parse.ts'
import { selectComparison } from '#lib/query/compare.ts'

/** Two uploads compared: their dests, codes and versions, and how many events both have. */
export const GET = route(async ({ reads }, request: Request) => {
  const asked = readCompared(searchParamsOf(new URL(request.url)), [], 'json')
  const problems = [...asked.problems, ...unnamed(asked)]
  const { a, b, params } = asked
  if (problems.length > 0 || a === null || b === null) return problemsAnswer(problems)
  const found = await selectComparison(reads, [a, b], pageRange(params))
  if (found === null) return notFoundAnswer(`upload ${a} or no upload ${b}`)
  const rows = found.dests.rows.map((row) => ({ ...row, a: row.a && apiRow(row.a), b: row.b && apiRow(row.b) }))
  return Response.json({ ...found, a: apiRow(found.a), b: apiRow(found.b), dests: { ...found.dests, rows } })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

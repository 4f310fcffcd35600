import { notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { readCompared, unnamed } from '#lib/http/compare.ts'
import { comparison } from '#lib/model/compared.ts'
import { pageRange } from '#lib/params/page.ts'
import { searchParamsOf } from '#lib/params/parse.ts'
import { selectComparison } from '#lib/query/compare.ts'

const write = apiWriter(comparison)

/** Two uploads compared: their dests, codes and versions, and how many events both have. */
export const GET = route(async ({ reads }, request: Request) => {
  const asked = readCompared(searchParamsOf(new URL(request.url)), [], 'json')
  const problems = [...asked.problems, ...unnamed(asked)]
  const { a, b, params } = asked
  if (problems.length > 0 || a === null || b === null) return problemsAnswer(problems)
  const found = await selectComparison(reads, [a, b], pageRange(params))
  if (found === null) return notFoundAnswer(`upload ${a} or no upload ${b}`)
  return Response.json(write(found))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

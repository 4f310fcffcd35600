import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { listSettings } from '#lib/http/settings-seen.ts'
import { settingPage } from '#lib/model/administration.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'

const write = apiWriter(settingPage)

/** The settings of the environment that the server was started with. */
export const GET = route(async ({ reads }, request: Request) => {
  const problems = unknownParams(searchParamsOf(new URL(request.url)), [])
  if (problems.length > 0) return problemsAnswer(problems)
  const rows = await listSettings(reads)
  return Response.json(write({ total: rows.length, rows }))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

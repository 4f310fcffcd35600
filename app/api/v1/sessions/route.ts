import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { sessionPage } from '#lib/model/administration.ts'
import { pageOf } from '#lib/params/page.ts'

const write = apiWriter(sessionPage)

/** The sessions of every account that have not ended. */
export const GET = route(async ({ reads, now }, request: Request) => {
  const { range, problems } = pagingOf(request)
  if (problems.length > 0) return problemsAnswer(problems)
  return Response.json(write(pageOf(await reads.sessions(null, now), range)))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

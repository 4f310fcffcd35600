import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { decisionSteps } from '#lib/model/decisions.ts'

const write = apiWriter(decisionSteps)

/** The steps of all decisions, the newest first. */
export const GET = route(async ({ reads }, request: Request) => {
  const { range, problems } = pagingOf(request)
  if (problems.length > 0) return problemsAnswer(problems)
  return Response.json(write(await reads.decisionHistory(null, range)))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

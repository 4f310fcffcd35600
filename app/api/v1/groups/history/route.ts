import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { groupSteps } from '#lib/model/decisions.ts'

const write = apiWriter(groupSteps)

/** The changes of the list of groups, the newest first. */
export const GET = route(async ({ reads }, request: Request) => {
  const { range, problems } = pagingOf(request)
  if (problems.length > 0) return problemsAnswer(problems)
  return Response.json(write(await reads.groupHistory(range)))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

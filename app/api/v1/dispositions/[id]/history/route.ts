import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { decisionSteps } from '#lib/model/decisions.ts'
import { pathPart } from '#lib/params/hrefs.ts'

const write = apiWriter(decisionSteps)

/** The steps of a decision, also of one that is deleted, the newest first. */
export const GET = route(
  async ({ reads }, request: Request, { params }: RouteContext<'/api/v1/dispositions/[id]/history'>) => {
    const { range, problems } = pagingOf(request)
    if (problems.length > 0) return problemsAnswer(problems)
    return Response.json(write(await reads.decisionHistory(pathPart((await params).id) ?? '', range)))
  },
)

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

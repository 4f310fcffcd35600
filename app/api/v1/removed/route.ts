import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { removedPage } from '#lib/model/removed.ts'
import { pageOf } from '#lib/params/page.ts'

const write = apiWriter(removedPage)

/** Uploads that were undone and can be restored, the last one first. */
export const GET = route(async ({ reads }, request: Request) => {
  const { range, problems } = pagingOf(request)
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(write(pageOf(await reads.removed(), range)))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

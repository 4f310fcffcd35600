import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { cancelQuestion, progressOf } from '#lib/http/open-questions.ts'
import { progress } from '#lib/model/progress.ts'

type At = RouteContext<'/api/v1/progress/[id]'>

const write = apiWriter(progress)
const missing = (id: string): Response => notFoundAnswer(`question ${id} that is being answered`)

/** How far the question of a page is, as long as it is being answered. */
export const GET = route(async (_, _request: Request, at: At) => {
  const { id } = await at.params
  const found = progressOf(id)
  return found === null ? missing(id) : Response.json(write(found))
})

/** Ends the question of a page. */
export const DELETE = route(async (_, _request: Request, at: At) => {
  const { id } = await at.params
  return cancelQuestion(id) ? new Response(null, { status: 204 }) : missing(id)
})

export const { POST, PUT, PATCH } = notAllowed('GET', 'DELETE')

import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { userAnswer } from '#lib/http/users.ts'
import { pathPart } from '#lib/params/hrefs.ts'

/** Takes the password, second factors and sessions of an account away, and makes its one-time link, unless it signs in elsewhere. */
export const POST = route(async (context, _request: Request, at: RouteContext<'/api/v1/users/[id]/link'>) => {
  const id = pathPart((await at.params).id) ?? ''
  const reset = await context.writes.resetAccount(id)
  return reset === null ? notFoundAnswer(`user ${id}`) : userAnswer(context, id, reset.link, 201)
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')

import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { pathPart } from '#lib/params/hrefs.ts'

/** Revokes a token: no later request is answered with it, and what it has open ends. */
export const DELETE = route(async ({ writes }, _request: Request, at: RouteContext<'/api/v1/tokens/[id]'>) => {
  const id = pathPart((await at.params).id) ?? ''
  return (await writes.revokeToken(id)) ? new Response(null, { status: 204 }) : notFoundAnswer(`token ${id}`)
})

export const { GET, POST, PUT, PATCH } = notAllowed('DELETE')

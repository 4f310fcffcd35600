import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { pathPart } from '#lib/params/hrefs.ts'

/** Ends a session of any account: its browser is signed out. */
export const DELETE = route(async ({ writes }, _request: Request, at: RouteContext<'/api/v1/sessions/[id]'>) => {
  const id = pathPart((await at.params).id) ?? ''
  return (await writes.endSession(id, null)) ? new Response(null, { status: 204 }) : notFoundAnswer(`session ${id}`)
})

export const { GET, POST, PUT, PATCH } = notAllowed('DELETE')

import { errorAnswer, notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { pathPart } from '#lib/params/hrefs.ts'

type At = RouteContext<'/api/v1/removed/[id]/restore'>

/** Reverses an undo. It goes on after the answer: the receipt of the upload says how far it is. */
export const POST = route(async ({ writes }, _request: Request, at: At) => {
  const id = pathPart((await at.params).id) ?? ''
  const restored = await writes.restoreUpload(id)
  if (restored === 'gone')
    return notFoundAnswer(`undone upload ${id}; what is kept of one goes after some time, and when space is short`)
  if (restored === 'exists') return errorAnswer(409, 'exists', `There is an upload ${id}. Undo it first.`)
  return new Response(null, { status: 202 })
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')

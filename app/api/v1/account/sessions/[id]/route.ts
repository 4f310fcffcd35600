import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { ownAccountOf } from '#lib/http/sign-in.ts'

/** Ends a session of the account. */
export const DELETE = route(
  async ({ actor, writes }, _request: Request, { params }: RouteContext<'/api/v1/account/sessions/[id]'>) => {
    const own = ownAccountOf({ actor })
    if (own instanceof Response) return own
    const isEnded = await writes.endSession((await params).id, own.id)
    return isEnded ? new Response(null, { status: 204 }) : notFoundAnswer('session of yours with this id')
  },
)

export const { GET, POST, PUT, PATCH } = notAllowed('DELETE')

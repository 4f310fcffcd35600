import { notAllowed, route } from '#lib/http/answer.ts'
import { serveStackEvents } from '#lib/http/serve-stack.ts'

/** The events of one stack. */
export const GET = route(async (context, request: Request, at: RouteContext<'/api/v1/stack/[key]/events'>) =>
  serveStackEvents(context, request, (await at.params).key),
)

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

import { notAllowed, route } from '#lib/http/answer.ts'
import { serveStackMembers } from '#lib/http/serve-stack.ts'

/** What one stack consists of. */
export const GET = route(async (context, request: Request, at: RouteContext<'/api/v1/stack/[key]'>) =>
  serveStackMembers(context, request, (await at.params).key),
)

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

import { notAllowed, route } from '#lib/http/answer.ts'
import { answerOidcCallback } from '#lib/http/oidc.ts'

/** Where the provider leads the browser back to. */
export const GET = route((_context, request: Request) => answerOidcCallback(request))

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

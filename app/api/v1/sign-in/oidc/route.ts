import { notAllowed, route } from '#lib/http/answer.ts'
import { answerOidcStart } from '#lib/http/oidc.ts'

/** Leads to the provider of OpenID Connect. */
export const GET = route((_context, request: Request) => answerOidcStart(request))

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')

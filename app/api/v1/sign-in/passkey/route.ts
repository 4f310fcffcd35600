import { notAllowed, route } from '#lib/http/answer.ts'
import { challengeAnswer, passkeySignInAnswer } from '#lib/http/passkeys.ts'

/** Makes a challenge for a passkey. */
export const POST = route((_context, request: Request) => challengeAnswer(request))

/** Signs in by the answer of a passkey. */
export const PUT = route(({ now }, request: Request) => passkeySignInAnswer(request, now))

export const { GET, PATCH, DELETE } = notAllowed('POST', 'PUT')

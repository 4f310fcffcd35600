import { signOut } from '#lib/access/own-account.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { signedOutAnswer } from '#lib/http/sign-in.ts'

/** Ends the session of the request. */
export const POST = route(async ({ actor }, request: Request) => {
  if (actor.kind === 'account') await signOut(actor)
  return signedOutAnswer(request)
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')

import { offerTotp, removeTotp, setTotp } from '#lib/access/own-account.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { changeAnswer, ownAccountOf, signInBytes } from '#lib/http/sign-in.ts'
import { passwordAgain, totpConfirmed } from '#lib/model/sign-in.ts'

/** Offers a new secret for an authenticator app. Nothing is stored. */
export const POST = route(async (context) => {
  const own = ownAccountOf(context)
  return own instanceof Response ? own : Response.json(await offerTotp(own))
})

/** Makes codes of the app necessary to sign in, and ends all other sessions. */
export const PUT = route(async (context, request: Request) => {
  const own = ownAccountOf(context)
  if (own instanceof Response) return own
  const read = await readJson(request, totpConfirmed, signInBytes, true)
  return 'refused' in read ? read.refused : changeAnswer(await setTotp(own, read.data))
})

/** Makes them unnecessary again, and ends all other sessions. */
export const DELETE = route(async (context, request: Request) => {
  const own = ownAccountOf(context)
  if (own instanceof Response) return own
  const read = await readJson(request, passwordAgain, signInBytes, true)
  return 'refused' in read ? read.refused : changeAnswer(await removeTotp(own, read.data.password))
})

export const { GET, PATCH } = notAllowed('POST', 'PUT', 'DELETE')

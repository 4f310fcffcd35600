import { changePassword } from '#lib/access/own-account.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { changeAnswer, ownAccountOf, signInBytes } from '#lib/http/sign-in.ts'
import { passwordChange } from '#lib/model/sign-in.ts'

/** Sets another password, and ends all other sessions. */
export const PUT = route(async (context, request: Request) => {
  const own = ownAccountOf(context)
  if (own instanceof Response) return own
  const read = await readJson(request, passwordChange, signInBytes, true)
  if ('refused' in read) return read.refused
  return changeAnswer(await changePassword(own, read.data.password, read.data.next))
})

export const { GET, POST, PATCH, DELETE } = notAllowed('PUT')

import { signInByPassword } from '#lib/access/sign-in.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { agentOf, attemptAnswer, signInBytes } from '#lib/http/sign-in.ts'
import { passwordSent } from '#lib/model/sign-in.ts'

/** Signs in by name and password. */
export const POST = route(async ({ now }, request: Request) => {
  const read = await readJson(request, passwordSent, signInBytes, true)
  if ('refused' in read) return read.refused
  const { name, password } = read.data
  const attempt = await signInByPassword(name, password, agentOf(request))
  return attemptAnswer(request, attempt, now, 'The name or the password is wrong.')
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')

import { signInByCode } from '#lib/access/sign-in.ts'
import { errorAnswer, notAllowed, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { agentOf, attemptAnswer, sealedOf, signInBytes } from '#lib/http/sign-in.ts'
import { codeSent } from '#lib/model/sign-in.ts'

/** Signs in by the code of an authenticator app, after the password. */
export const POST = route(async ({ now }, request: Request) => {
  const read = await readJson(request, codeSent, signInBytes, true)
  if ('refused' in read) return read.refused
  const attempt = await signInByCode(sealedOf(request), read.data.code, agentOf(request))
  if (attempt === null)
    return errorAnswer(401, 'sign-in-failed', 'The time for the code is over. Enter your name and password again.', {
      next: 'password',
    })
  return attemptAnswer(request, attempt, now, 'The code is wrong, or was used already. Wait for the next one.')
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')

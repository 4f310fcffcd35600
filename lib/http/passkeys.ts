import { challengePatience } from '#lib/access/challenge.ts'
import { beginPasskey, signInByPasskey } from '#lib/access/passkey-sign-in.ts'
import { passkeyAnswer } from '#lib/model/passkeys.ts'
import { errorAnswer } from './answer.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import { readJson } from './json-body.ts'
import { passkeySiteOf } from './passkey-host.ts'
import { agentOf, attemptAnswer, isSecureRequest, signInBytes } from './sign-in.ts'

/** The challenge of a sign-in, which the browser keeps in a cookie too. */
export async function challengeAnswer(request: Request): Promise<Response> {
  const site = passkeySiteOf(request)
  if (site instanceof Response) return site
  const { options, sealed } = await beginPasskey(site)
  const answer = Response.json(options)
  const given = { isSecure: isSecureRequest(request), seconds: challengePatience / 1000, sameSite: 'Strict' as const }
  answer.headers.append('Set-Cookie', setCookie('passkey', sealed, given))
  return answer
}

/** The answer to a passkey's answer: the session has begun, or why not. The browser keeps the challenge no longer. */
export async function passkeySignInAnswer(request: Request, now: number): Promise<Response> {
  const site = passkeySiteOf(request)
  if (site instanceof Response) return site
  const read = await readJson(request, passkeyAnswer, signInBytes, true)
  if ('refused' in read) return read.refused
  const isSecure = isSecureRequest(request)
  const sealed = cookieOf({ cookie: request.headers.get('cookie') ?? '' }, 'passkey', isSecure) ?? ''
  const attempt = await signInByPasskey(site, sealed, read.data, agentOf(request))
  const answer =
    attempt === null
      ? errorAnswer(401, 'sign-in-failed', 'That took too long, or the request was already used. Try again.')
      : attemptAnswer(
          request,
          attempt,
          now,
          'This passkey is not accepted. It may have been removed from your account, or the account is disabled. Sign in another way.',
        )
  answer.headers.append('Set-Cookie', clearCookie('passkey', isSecure))
  return answer
}

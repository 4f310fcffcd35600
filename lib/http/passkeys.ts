import { challengePatience } from '#lib/access/challenge.ts'
import type { Context } from '#lib/access/context.ts'
import type { OwnAccount } from '#lib/access/own-account.ts'
import { beginPasskey, signInByPasskey } from '#lib/access/passkey-sign-in.ts'
import { type NoPasskeys, type PasskeySite, passkeySite } from '#lib/access/passkey-site.ts'
import { passkeyAnswer } from '#lib/model/passkeys.ts'
import { errorAnswer } from './answer.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import { isLoopback } from './guard.ts'
import { readJson } from './json-body.ts'
import { agentOf, attemptAnswer, isSecureRequest, ownAccountOf, signInBytes } from './sign-in.ts'

const problems: Record<NoPasskeys, string> = {
  address: 'Browsers accept no passkeys for an IP address. Use the name of this server.',
  insecure: 'Browsers accept passkeys over https only, and this request came by http.',
}

/** What passkeys are bound to at the address of a request, whose Host the guard has accepted; else the answer that says why there are none. */
export function passkeySiteOf(request: Request): PasskeySite | Response {
  const site = passkeySite(request.headers.get('host') ?? '', isSecureRequest(request))
  return 'problem' in site ? errorAnswer(421, 'wrong-host', problems[site.problem]) : site
}

/**
 * Why a browser can use no passkey at the address of a page, and the address of the same page where it can, if there is one; null if
 * it can here. `headers`: of the request.
 */
export function passkeyProblem(
  headers: Headers,
  path: string,
): { problem: NoPasskeys; elsewhere: string | null } | null {
  const [host, isSecure] = [headers.get('host') ?? '', headers.get('x-forwarded-proto') === 'https']
  const site = passkeySite(host, isSecure)
  if (!('problem' in site)) return null
  const url = URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)
  if (url === null || !isLoopback(url.hostname.replaceAll(/[[\]]/g, ''))) return { ...site, elsewhere: null }
  url.hostname = 'localhost'
  return { ...site, elsewhere: `${url.origin}${path}` }
}

/** The account of a request and what its passkeys are bound to; else why there is none. */
export function ownSiteOf(
  { actor }: Pick<Context, 'actor'>,
  request: Request,
): { own: OwnAccount; site: PasskeySite } | Response {
  const own = ownAccountOf({ actor })
  if (own instanceof Response) return own
  const site = passkeySiteOf(request)
  return site instanceof Response ? site : { own, site }
}

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
      ? errorAnswer(401, 'sign-in-failed', 'The time for the passkey is over, or it was used already. Begin again.')
      : attemptAnswer(
          request,
          attempt,
          now,
          'This passkey is not accepted. It may have been removed from your account, or the account is disabled. Sign in another way.',
        )
  answer.headers.append('Set-Cookie', clearCookie('passkey', isSecure))
  return answer
}

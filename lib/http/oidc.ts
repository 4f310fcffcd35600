import { beginOidc, endOidc, oidcPatience } from '#lib/access/oidc.ts'
import { returnTo } from '#lib/access/return-to.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { signInFailedHref } from '#lib/params/hrefs.ts'
import { notFoundAnswer } from './answer.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import { agentOf, isSecureRequest } from './sign-in.ts'

const leadTo = (location: string, cookies: readonly string[]): Response => {
  const answer = new Response(null, { status: 303, headers: { Location: location } })
  for (const cookie of cookies) answer.headers.append('Set-Cookie', cookie)
  return answer
}

/** Leads the browser to the provider, and to `to` when it is back. */
export async function answerOidcStart(request: Request): Promise<Response> {
  const to = returnTo(new URL(request.url).searchParams.get('to'))
  const isSecure = isSecureRequest(request)
  // The guard has accepted this Host; the provider accepts only addresses that it knows.
  const redirect = `${isSecure ? 'https' : 'http'}://${request.headers.get('host')}${apiPaths.oidcCallback}`
  const begun = await beginOidc(redirect, to)
  if (begun === null) return notFoundAnswer('OpenID Connect provider: see OIDC_ISSUER in the README')
  if ('problem' in begun) return leadTo(signInFailedHref(to, begun.problem), [])
  return leadTo(begun.url.href, [setCookie('oidc', begun.sealed, { isSecure, seconds: oidcPatience / 1000 })])
}

/** Signs in who the provider leads back, and leads to the page that the browser came for; else to sign-in, which says why not. */
export async function answerOidcCallback(request: Request): Promise<Response> {
  const isSecure = isSecureRequest(request)
  const sealed = cookieOf({ cookie: request.headers.get('cookie') ?? '' }, 'oidc', isSecure) ?? ''
  const ended = await endOidc(new URL(request.url).search, sealed, agentOf(request))
  const used = clearCookie('oidc', isSecure)
  if (ended.kind === 'problem') return leadTo(signInFailedHref(returnTo(ended.to), ended.problem), [used])
  const seconds = (ended.expiresAt - Date.now()) / 1000
  return leadTo(returnTo(ended.to), [used, setCookie('session', ended.secret, { isSecure, seconds })])
}

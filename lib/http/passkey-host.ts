import type { Context } from '#lib/access/context.ts'
import type { OwnAccount } from '#lib/access/own-account.ts'
import { type PasskeySite, passkeySite } from '#lib/access/passkey-site.ts'
import type { NoPasskeys } from '#lib/model/passkeys.ts'
import { errorAnswer } from './answer.ts'
import { isLoopback } from './guard.ts'
import { isSecureRequest, ownAccountOf } from './sign-in.ts'

const problems: Record<Exclude<NoPasskeys, 'port'>, string> = {
  address: 'Passkeys do not work at an IP address. Use the name of this server.',
  insecure: 'Passkeys need https, and this request came over http.',
}

/** The port at which browsers reach the server: the server has set the header. */
const portOf = (headers: Headers): number => Number(headers.get('x-forwarded-port'))

/** What passkeys are bound to at the address of a request, whose Host the guard has accepted; else the answer that says why there are none. */
export function passkeySiteOf(request: Request): PasskeySite | Response {
  const [host, isSecure] = [request.headers.get('host') ?? '', isSecureRequest(request)]
  const site = passkeySite(host, isSecure, portOf(request.headers))
  if ('problem' in site) return errorAnswer(421, 'wrong-host', problems[site.problem])
  if (URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)?.origin === site.origin) return site
  const message = `Passkeys of this server are for ${site.origin}, and this request names another port. If browsers do use that, see ALLOWED_HOSTS in the README.`
  return errorAnswer(421, 'wrong-host', message)
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
  const site = passkeySite(host, isSecure, portOf(headers))
  const url = URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)
  if (!('problem' in site))
    return url?.origin === site.origin ? null : { problem: 'port', elsewhere: `${site.origin}${path}` }
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

import type { IncomingHttpHeaders } from 'node:http'
import { folderMark } from '#lib/access/seal.ts'

/** A session; what is between two steps of signing in, with a code, a provider or a passkey; the token of a display. */
export type CookieKind = 'session' | 'code' | 'oidc' | 'passkey' | 'display'

const ours = 'asr-hunt-'

/** The name of a cookie: over https one that only this host can set, and other pages of it cannot (`__Host-`, RFC 6265bis). */
export function cookieName(kind: CookieKind, isSecure: boolean): string {
  const name = `${ours}${folderMark()}${kind === 'session' ? '' : `-${kind}`}`
  return isSecure ? `__Host-${name}` : name
}

/** The value of a cookie; null if the request has none. Of two with the same name, none counts: one may be of another site. */
export function cookieOf(
  headers: Pick<IncomingHttpHeaders, 'cookie'>,
  kind: CookieKind,
  isSecure: boolean,
): string | null {
  // Without one of ours no secret is needed, and none is made: an open server can be used with a full disk.
  if (!headers.cookie?.includes(ours)) return null
  const begin = `${cookieName(kind, isSecure)}=`
  const found = headers.cookie.split(/;\s*/).filter((each) => each.startsWith(begin))
  return found.length === 1 ? (found[0]?.slice(begin.length) ?? null) : null
}

/** The header that sets a cookie for so many seconds. No script reads it, and it goes to this host alone. */
export function setCookie(
  kind: CookieKind,
  value: string,
  { isSecure, seconds, sameSite = 'Lax' }: { isSecure: boolean; seconds: number; sameSite?: 'Lax' | 'Strict' },
): string {
  const parts = [`${cookieName(kind, isSecure)}=${value}`, 'Path=/', `Max-Age=${Math.max(0, Math.floor(seconds))}`]
  return [...parts, 'HttpOnly', `SameSite=${sameSite}`, ...(isSecure ? ['Secure'] : [])].join('; ')
}

/** The header that removes a cookie. */
export const clearCookie = (kind: CookieKind, isSecure: boolean): string =>
  setCookie(kind, '', { isSecure, seconds: 0 })

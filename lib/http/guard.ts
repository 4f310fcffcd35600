/** What of a request decides whether it may be answered. */
export type Asking = {
  method: string
  host: string | undefined
  origin: string | undefined
  fetchSite: string | undefined
}

export type Refusal = { status: number; code: string; message: string }

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Whether an address to listen on can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  ['localhost', '::1'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host)

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/**
 * Refuses what another site's page could make a browser send: a `Host` that is not this machine (DNS rebinding), and
 * writes whose `Origin` is not this server. Null where the request may pass. `isOpen`: ALLOW_OPEN has lifted the check of `Host`.
 */
export function refusal({ method, host, origin, fetchSite }: Asking, isOpen: boolean): Refusal | null {
  if (host === undefined || host === '') return { status: 400, code: 'no-host', message: 'The request names no Host.' }
  const name = hostName(host)
  if (!isOpen && !loopbackNames.includes(name) && !isLoopback(name)) {
    const message = `This server answers to localhost and 127.0.0.1, not to ${JSON.stringify(name)}.`
    return { status: 421, code: 'wrong-host', message }
  }
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return null
  const isOwn = origin === undefined ? isOwnSite(fetchSite) : [`http://${host}`, `https://${host}`].includes(origin)
  if (isOwn) return null
  return { status: 403, code: 'cross-site', message: 'A write from a page of another site is refused.' }
}

/** Browsers say where a request comes from; programs such as curl say nothing. */
const isOwnSite = (fetchSite: string | undefined): boolean =>
  fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none'

/** The content security policy of a page: own scripts and styles only, told by a nonce, and in no one's frame. */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const evaluate = isDevelopment ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer, whatever it is. */
export const commonHeaders: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

import type { IncomingMessage } from 'node:http'
import { printable } from '#lib/log/printable.ts'
import type { ErrorCode } from '#lib/model/api-error.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { isCrossSite } from './cross-site.ts'

/** What of a request decides whether it is answered. */
export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

export type Refusal = { status: number; code: ErrorCode; message: string; allow?: string }

export type Rules = {
  /** Names that the server answers to besides those of loopback. */
  allowedHosts: ReadonlySet<string>
  /** The request came over the local socket: from a program of the same user, which no web page can reach. */
  isLocal: boolean
  /** Whether the browser used https, as far as the connection or a trusted proxy says it. */
  isSecure: boolean
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Whether an address to listen on can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  ['localhost', '::1'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host)

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/** Parts of a path that name another address, as `/_next/../api` does. Browsers resolve them before they send anything. */
const dotSegment = /[/\\](\.|%2e){1,2}([/\\]|$)/i

/** Returns the decoded path of a request target; null if it has none, as `OPTIONS *`, or one that is not accepted. */
function pathOf(url: string): string | null {
  const path = url.split('?', 1)[0] ?? ''
  if (!path.startsWith('/') || dotSegment.test(path)) return null
  try {
    return decodeURI(path)
  } catch {
    // URIError: the caller refuses the request and says so.
    return null
  }
}

function addressProblem(url: string): string {
  if (!url.startsWith('/')) return 'The address is not a path. It must begin with a slash.'
  if (dotSegment.test(url.split('?', 1)[0] ?? ''))
    return 'The path of the address has a part . or .. in it. Leave it out.'
  return 'The address is not a URL: a % in it does not begin a UTF-8 character.'
}

const isOfApi = (path: string): boolean => /^\/+api(\/|$)/.test(path)

/** Whether an address is that of a page or of a file, and not of the API. */
export const isPageAddress = (url = ''): boolean => !isOfApi(pathOf(url) ?? '')

/** What to do if a proxy does not say that the browser used https: then pages of this server look like those of another one. */
const proxyHint = ({ headers: { host, origin } }: Asked, isSecure: boolean): string =>
  !isSecure && origin === `https://${host}`
    ? ' The page was sent over https, and the request came over http: if a proxy does that, see TRUSTED_PROXIES and X-Forwarded-Proto in docs/reverse-proxy.md.'
    : ''

function siteRefusal(
  asked: Asked,
  isPage: boolean,
  { allowedHosts: allowed, isSecure }: Pick<Rules, 'allowedHosts' | 'isSecure'>,
): Refusal | null {
  const { method = 'GET', headers } = asked
  const { host } = headers
  if (host === undefined || host === '') return { status: 400, code: 'no-host', message: 'The request names no Host.' }
  const name = hostName(host)
  if (!loopbackNames.includes(name) && !isLoopback(name) && !allowed.has(name)) {
    const known = [...loopbackNames.slice(0, 2), ...allowed].join(', ')
    const message = `This server answers to ${known}, not to ${printable(JSON.stringify(name))}. See ALLOWED_HOSTS in its README.`
    return { status: 421, code: 'wrong-host', message }
  }
  if (!isCrossSite({ method, host, isSecure, headers, isPage })) return null
  const message = `A request from a page of another site is refused. To see this address, open it yourself.${proxyHint(asked, isSecure)}`
  return { status: 403, code: 'cross-site', message }
}

/**
 * Returns why a request is not answered; null if it is. Refused is what another site's page could make a browser send: a
 * `Host` that is not this server's (DNS rebinding), writes, and reads other than following a link; also an address that
 * is none.
 */
export function refusal(asked: Asked, { isLocal, ...rules }: Rules): Refusal | null {
  const { url = '' } = asked
  const path = pathOf(url)
  // The provider of a sign-in leads the browser back, with or without a click.
  const isPage = path !== null && (!isOfApi(path) || path === apiPaths.oidcCallback)
  const refused = isLocal ? null : siteRefusal(asked, isPage, rules)
  if (refused !== null) return refused
  return path === null ? { status: 400, code: 'bad-address', message: addressProblem(url) } : null
}

/** The content security policy of a page: own scripts and styles only, marked by a nonce, and never in a frame. */
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
const commonHeaders: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

/** Headers of every answer for an address. What the API answers is never kept by a browser or a proxy. */
export const headersFor = (url = ''): Record<string, string> =>
  isOfApi(pathOf(url) ?? '') ? { ...commonHeaders, 'Cache-Control': 'no-store' } : commonHeaders

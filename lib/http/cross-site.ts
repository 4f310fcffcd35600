import type { IncomingHttpHeaders } from 'node:http'

/**
 * A request as far as it says which site sent it. `isSecure`: whether the browser used https. `isPage`: whether its address is a page, not
 * one of the API.
 */
export type Sent = {
  method: string
  host: string
  isSecure: boolean
  headers: IncomingHttpHeaders
  isPage: boolean
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => [headers[name]].flat()[0]

const isOwnSite = (site: string): boolean => site === 'same-origin' || site === 'none'

type Server = Pick<Sent, 'host' | 'isSecure'>

/**
 * Whether an address is of this server, with its scheme: over http anybody on the network can send a page of the same name. A `Referer`
 * has a path too, an `Origin` has none.
 */
const isOwnAddress = (address: string, { host, isSecure }: Server): boolean => {
  const own = URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)
  return own !== null && URL.parse(address)?.origin === own.origin
}

const prefetchHeaders = ['sec-purpose', 'purpose', 'x-moz', 'x-purpose']

/**
 * Whether a page of another site leads the browser itself to this address, as a shared link does. An address of the API
 * needs a click as well: an export does not replace the page that asks for it, so a script could ask again and again.
 */
function isNavigation({ headers, isPage }: Sent): boolean {
  if (prefetchHeaders.some((name) => headers[name] !== undefined)) return false
  const [mode, dest, user] = ['mode', 'dest', 'user'].map((name) => headerOf(headers, `sec-fetch-${name}`))
  return mode === 'navigate' && dest === 'document' && (isPage || user === '?1')
}

/**
 * A navigation by a browser that sends no Fetch Metadata: an old one, or any over http to another machine. No script can
 * set this header for a request to another site. A frame has it too, but shows nothing (`frame-ancestors`).
 */
const isPlainNavigation = ({ headers, isPage }: Sent): boolean =>
  isPage && headers['upgrade-insecure-requests'] === '1' && headers.origin === undefined

/**
 * Whether a page of another site made the browser send a request that it must not. A read must come from this site, be a
 * navigation, or be of a program such as curl, which says nothing of a site; a write must not be a navigation either.
 */
export function isCrossSite(sent: Sent): boolean {
  const { method, headers } = sent
  const { origin, referer } = headers
  const site = headerOf(headers, 'sec-fetch-site')
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(method)
  if (isRead && site !== undefined) return !isOwnSite(site) && !(method !== 'OPTIONS' && isNavigation(sent))
  // Of a write, Origin says more than Fetch Metadata: it names scheme and port too.
  if (origin !== undefined) return !isOwnAddress(origin, sent)
  if (site !== undefined) return !isOwnSite(site)
  if (referer === undefined || isOwnAddress(referer, sent)) return false
  return !(isRead && isPlainNavigation(sent))
}

/**
 * Whether a browser says that one of this server's own pages sent a request. A write that a cookie or a proxy authenticates needs it:
 * a browser that says nothing of where a request comes from may have been led to it.
 */
export function isProvenOwn({ headers, ...server }: Server & Pick<Sent, 'headers'>): boolean {
  if (headers.origin !== undefined) return isOwnAddress(headers.origin, server)
  return headerOf(headers, 'sec-fetch-site') === 'same-origin'
}

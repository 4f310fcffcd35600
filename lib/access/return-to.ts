import { permissionOf } from './permissions.ts'

/** Addresses of this server alone: `URL` would read `//x`, `/\x` and control characters as another one. */
const isOwnPath = (text: string): boolean => /^\/(?![/\\])/.test(text) && !/[\\\p{Cc}]/u.test(text)

/** Whether an address is a page that needs a session: not one of the API, not a file, not the way to sign in. */
export function isScreen(path: string): boolean {
  const permission = permissionOf('GET', path)
  return permission !== null && permission !== 'none' && !/^\/api\/|\.xml$/.test(path)
}

/** Where a browser goes after signing in: the page it came for, with its search. What is not a page of this server leads to the first one. */
export function returnTo(text: string | null | undefined): string {
  if (!text || !isOwnPath(text)) return '/'
  const url = URL.parse(text, 'http://server.invalid')
  if (url === null || url.origin !== 'http://server.invalid') return '/'
  // `/.//` is `//` now, which a browser would read as another server.
  if (!isOwnPath(url.pathname) || !isScreen(url.pathname)) return '/'
  return `${url.pathname}${url.search}`
}

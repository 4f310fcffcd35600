import { shared } from '#lib/process/shared.ts'
import { allowedSites } from './allowed-hosts.ts'

const defaultPort = (isSecure: boolean): number => (isSecure ? 443 : 80)

/**
 * Returns the port at which browsers reach the server: that of the listener, or behind a proxy the default one of the scheme. Another one is
 * believed only if ALLOWED_HOSTS has it with the name of the Host, since whoever sends a request chooses its Host.
 * `ownPort`: that the client is connected to; null if a proxy is.
 */
export function sitePort(host: string, isSecure: boolean, ownPort: number | null): number {
  const url = URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)
  const named = Number(url?.port) || defaultPort(isSecure)
  const isAllowed = shared('allowed sites', () => allowedSites()).has(`${url?.hostname}:${named}`)
  return isAllowed ? named : (ownPort ?? defaultPort(isSecure))
}

import { isIP } from 'node:net'
import type { NoPasskeys } from '#lib/model/passkeys.ts'

/** What passkeys are bound to: the name of the server (the RP ID of WebAuthn), and the origin of its pages. */
export type PasskeySite = { id: string; origin: string }

/**
 * What passkeys of an address are bound to, or why there are none. `host`: as the guard has accepted it. Its port is not looked at, since whoever
 * sends the request chooses it: `port` is that at which browsers reach the server.
 */
export function passkeySite(
  host: string,
  isSecure: boolean,
  port: number,
): PasskeySite | { problem: Exclude<NoPasskeys, 'port'> } {
  const url = URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)
  if (url === null || isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) return { problem: 'address' }
  if (!isSecure && url.hostname !== 'localhost') return { problem: 'insecure' }
  url.port = String(port)
  return { id: url.hostname, origin: url.origin }
}

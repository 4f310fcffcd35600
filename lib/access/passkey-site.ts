import { isIP } from 'node:net'
import type { NoPasskeys } from '#lib/model/passkeys.ts'

/** What passkeys are bound to: the name of the server (the RP ID of WebAuthn), and the origin of its pages. */
export type PasskeySite = { id: string; origin: string }

/** What passkeys of an address are bound to, or why there are none. `host`: as the guard has accepted it, with the port. */
export function passkeySite(host: string, isSecure: boolean): PasskeySite | { problem: NoPasskeys } {
  const url = URL.parse(`${isSecure ? 'https' : 'http'}://${host}`)
  if (url === null || isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) return { problem: 'address' }
  return isSecure || url.hostname === 'localhost' ? { id: url.hostname, origin: url.origin } : { problem: 'insecure' }
}

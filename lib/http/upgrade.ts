import type { IncomingMessage } from 'node:http'
import { isAllowed } from '#lib/access/permissions.ts'
import { refusal } from './guard.ts'
import { identify } from './identify.ts'
import { openProxyRefusal } from './open-server.ts'
import { originOf } from './proxies.ts'

/**
 * Whether a connection may be upgraded, past everything that answers requests: by whom every page may be read, from a page of this
 * server. Only Next's development server uses it.
 */
export function mayUpgrade(request: IncomingMessage, allowedHosts: ReadonlySet<string>): boolean {
  const { isSecure, proxyUser, viaUnknown, refused: passedBy } = originOf(request, false)
  if (passedBy !== null || openProxyRefusal(viaUnknown) !== null) return false
  if (refusal(request, { allowedHosts, isLocal: false, isSecure }) !== null) return false
  const { actor, refused } = identify(request, { isLocal: false, isSecure, proxyUser }, Date.now())
  return refused === null && isAllowed(actor, 'read')
}

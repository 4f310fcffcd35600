import type { IncomingMessage } from 'node:http'
import { type BlockList, isIP } from 'node:net'
import { shared } from '#lib/process/shared.ts'
import { isLoopback, type Refusal } from './guard.ts'
import { authProxyHeader, familyOf, trustedProxies } from './proxy-settings.ts'
import { wayIn } from './way-in.ts'

export type ProxyRules = {
  /** Addresses of reverse proxies; null if there are none. */
  trusted: BlockList | null
  /** The header in which they name their user, in lower case. */
  userHeader: string | null
  /** Whether only they, and this machine, may send requests. */
  isRequired: boolean
}

/** Where a request comes from, as far as the connection says it, or a proxy that is trusted. */
export type Origin = {
  /** The address of the client; `local` if it came by the local socket. */
  client: string
  /** Whether the browser used https. */
  isSecure: boolean
  /** The port of this server that the client is connected to; null if a proxy is, or if it came by the local socket. */
  ownPort: number | null
  /** The user whom a trusted proxy names; null if it names none. */
  proxyUser: string | null
  /** A header that only proxies send, of an address that is not a trusted proxy; null if there is none. */
  viaUnknown: string | null
  /** Why it is not answered: it came past the proxies, without encryption. Null if it may be. */
  refused: Refusal | null
}

const rulesOfSettings = (): ProxyRules =>
  shared('proxies', () => ({
    trusted: trustedProxies(),
    userHeader: authProxyHeader(),
    isRequired: wayIn() === 'proxies',
  }))

/** An address as it is compared: an IPv4 address that came over IPv6 is the IPv4 address; null if it is none. */
function addressOf(text: string): string | null {
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(address) === 0 ? null : address
}

const isTrusted = ({ trusted }: ProxyRules, address: string): boolean =>
  trusted !== null && isIP(address) !== 0 && trusted.check(address, familyOf(address))

/**
 * The client behind a trusted proxy. Each proxy adds the address that it was connected from, so of the list from its end the
 * first that is not a trusted proxy counts: what is before it, the client may have written. What is not an address ends the list.
 */
function clientBehind(peer: string, forwarded: string, rules: ProxyRules): string {
  let client = peer
  for (const text of forwarded.split(',').reverse()) {
    const address = addressOf(text.trim())
    if (address === null) return client
    client = address
    if (!isTrusted(rules, address)) return client
  }
  return client
}

const lastOf = (header: string): string => header.split(',').at(-1)?.trim().toLowerCase() ?? ''

/** The name in a header, which Node reads as Latin-1 and proxies send as UTF-8. A header that is there twice names nobody. */
function userOf({ headersDistinct }: IncomingMessage, header: string | null): string | null {
  const values = header === null ? [] : (headersDistinct[header] ?? [])
  const bytes = Buffer.from(values[0] ?? '', 'latin1')
  return values.length === 1 && bytes.length > 0 ? bytes.toString('utf8') : null
}

/** Headers of proxies. What they say is in `Origin`, and nothing else may believe them. */
const forwardedHeaders = /^(forwarded|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-forwarded-.*)$/

/** A header that says that a proxy sent the request on; null if there is none. */
const proxyHeaderIn = ({ headers }: IncomingMessage): string | null =>
  Object.keys(headers).find((name) => name === 'via' || forwardedHeaders.test(name)) ?? null

/** Removes the headers of proxies, and of the user whom one may name, whoever sent them. */
function removeHeaders({ headers, headersDistinct, rawHeaders }: IncomingMessage, userHeader: string | null): void {
  const isRemoved = (name: string) => name.toLowerCase() === userHeader || forwardedHeaders.test(name.toLowerCase())
  for (const all of [headers, headersDistinct])
    for (const name of Object.keys(all)) if (isRemoved(name)) Reflect.deleteProperty(all, name)
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) if (isRemoved(rawHeaders[at] ?? '')) rawHeaders.splice(at, 2)
}

const pastProxies: Refusal = {
  status: 403,
  code: 'not-allowed',
  message:
    'This server is reached through its reverse proxy only. If this request came from the proxy, its address is missing in TRUSTED_PROXIES.',
}

const isEncrypted = ({ socket }: IncomingMessage): boolean => 'encrypted' in socket && socket.encrypted === true

function originBy(request: IncomingMessage, isLocal: boolean, rules: ProxyRules): Origin {
  if (isLocal)
    return { client: 'local', isSecure: false, ownPort: null, proxyUser: null, viaUnknown: null, refused: null }
  const peer = addressOf(request.socket.remoteAddress ?? '') ?? ''
  if (!isTrusted(rules, peer)) {
    const refused = rules.isRequired && !isLoopback(peer) ? pastProxies : null
    const viaUnknown = proxyHeaderIn(request)
    const ownPort = request.socket.localPort ?? null
    return { client: peer, isSecure: isEncrypted(request), ownPort, proxyUser: null, viaUnknown, refused }
  }
  const header = (name: string): string => [request.headers[name]].flat().join(',')
  return {
    client: clientBehind(peer, header('x-forwarded-for'), rules),
    isSecure: lastOf(header('x-forwarded-proto')) === 'https',
    ownPort: null,
    proxyUser: userOf(request, rules.userHeader),
    viaUnknown: null,
    refused: null,
  }
}

/**
 * Returns where a request comes from, and removes from it what says so in headers: from an address that is not a trusted proxy such
 * headers are worth nothing, and nothing behind this function should read them. The same request has the same origin again.
 */
export function originOf(request: IncomingMessage, isLocal: boolean, rules = rulesOfSettings()): Origin {
  const known = shared('origins', () => new WeakMap<IncomingMessage, Origin>())
  const origin = known.get(request) ?? originBy(request, isLocal, rules)
  if (!known.has(request)) removeHeaders(request, rules.userHeader)
  known.set(request, origin)
  return origin
}

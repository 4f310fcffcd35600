import { isIPv6 } from 'node:net'
import { printable } from '#lib/log/printable.ts'

/** Returns a name as the Host header of a browser spells it; null if it is not exactly one host. */
function spelled(name: string): string | null {
  const host = isIPv6(name) ? `[${name}]` : name
  if (!/^\[[\da-f:.]+\]$|^[^\s:/?#@\\*%[\]]+$/i.test(host)) return null
  return URL.parse(`http://${host}`)?.hostname ?? null
}

/**
 * Returns the host names, besides those of loopback, that the server answers to: those of ALLOWED_HOSTS, in lower case
 * and with IPv6 addresses in brackets. `isNeeded`: other machines can reach the server. @throws if one is not a host name, or if
 * there are none although they are needed.
 */
export function allowedHosts(isNeeded: boolean, setting = process.env.ALLOWED_HOSTS ?? ''): ReadonlySet<string> {
  const names = setting.split(',').map((name) => name.trim())
  const hosts = names
    .filter((name) => name !== '')
    .map((name) => {
      const host = spelled(name)
      if (host !== null) return host
      throw new Error(
        `ALLOWED_HOSTS contains ${printable(JSON.stringify(name))}, which is not a host name. ` +
          'Give exact names or addresses, separated by commas, without ports and wildcards: asr-hunt.example,10.0.0.5',
      )
    })
  if (isNeeded && hosts.length === 0) {
    throw new Error(
      'Other machines can reach this server (HOST, ALLOW_OPEN), but ALLOWED_HOSTS is not set. Set it to the names and addresses ' +
        'under which browsers reach it, separated by commas, such as asr-hunt.example,10.0.0.5. All others are refused: without that, any ' +
        'web page could read the data under a name of its own (DNS rebinding).',
    )
  }
  return new Set(hosts)
}

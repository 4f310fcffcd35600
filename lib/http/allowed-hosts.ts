import { isIPv6 } from 'node:net'
import { printable } from '#lib/log/printable.ts'

/** Returns a name as the Host header of a browser spells it; null if it is not exactly one host. */
function spelled(name: string): string | null {
  const host = isIPv6(name) ? `[${name}]` : name
  if (!/^\[[\da-f:.]+\]$|^[^\s:/?#@\\*%[\]]+$/i.test(host)) return null
  return URL.parse(`http://${host}`)?.hostname ?? null
}

/** An entry of ALLOWED_HOSTS as a Host header spells it; null if it is none. `fd00::1` has no port, `[fd00::1]:8443` has one. */
function entryOf(text: string): { host: string; port: number | null } | null {
  const [, name, digits] = (isIPv6(text) ? null : /^(.*):(\d{1,5})$/.exec(text)) ?? [null, text, null]
  const host = spelled(name ?? '')
  const port = digits === null ? null : Number(digits)
  return host === null || (port !== null && (port < 1 || port > 65_535)) ? null : { host, port }
}

function entriesOf(setting: string): { host: string; port: number | null }[] {
  const texts = setting.split(',').map((text) => text.trim())
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const entry = entryOf(text)
      if (entry !== null) return entry
      throw new Error(
        `ALLOWED_HOSTS contains ${printable(JSON.stringify(text))}, which is not a host name. ` +
          'Give exact names or addresses, separated by commas, without wildcards: asr-hunt.example,10.0.0.5,asr-hunt.example:8443',
      )
    })
}

/**
 * Returns `name:port` of each entry of ALLOWED_HOSTS that has a port: browsers reach the server there although it listens on another one.
 * @throws if an entry is not a host name
 */
export const allowedSites = (setting = process.env.ALLOWED_HOSTS ?? ''): ReadonlySet<string> =>
  new Set(entriesOf(setting).flatMap(({ host, port }) => (port === null ? [] : [`${host}:${port}`])))

/**
 * Returns the host names, besides those of loopback, that the server answers to: those of ALLOWED_HOSTS, in lower case
 * and with IPv6 addresses in brackets, without ports. `isNeeded`: other machines can reach the server. @throws if one is not a host
 * name, or if there are none although they are needed.
 */
export function allowedHosts(isNeeded: boolean, setting = process.env.ALLOWED_HOSTS ?? ''): ReadonlySet<string> {
  const hosts = entriesOf(setting).map(({ host }) => host)
  if (isNeeded && hosts.length === 0) {
    throw new Error(
      'Other machines can reach this server (HOST, ALLOW_OPEN), but ALLOWED_HOSTS is not set. Set it to the names and addresses ' +
        'under which browsers reach it, separated by commas, such as asr-hunt.example,10.0.0.5. All others are refused: without that, any ' +
        'web page could read the data under a name of its own (DNS rebinding).',
    )
  }
  return new Set(hosts)
}

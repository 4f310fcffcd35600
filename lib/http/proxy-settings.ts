import { BlockList, isIP } from 'node:net'
import { printable } from '#lib/log/printable.ts'

const bitsOf = (address: string): number => (isIP(address) === 6 ? 128 : 32)

/** The family of an address, as BlockList names it. */
export const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Adds `10.0.0.5` or `10.0.0.0/8`; false if it is neither. */
function addNetwork(list: BlockList, text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (isIP(address) === 0 || rest.length > 0) return false
  if (bits === undefined) list.addAddress(address, familyOf(address))
  else if (!/^\d{1,3}$/.test(bits) || Number(bits) < 1 || Number(bits) > bitsOf(address)) return false
  else list.addSubnet(address, Number(bits), familyOf(address))
  return true
}

/**
 * Returns the addresses of TRUSTED_PROXIES, whose headers say who and where a client is; null if none is set.
 * @throws if one is not an address or a network
 */
export function trustedProxies(setting = process.env.TRUSTED_PROXIES ?? ''): BlockList | null {
  const networks = setting
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const list = new BlockList()
  for (const network of networks) {
    if (addNetwork(list, network)) continue
    throw new Error(
      `TRUSTED_PROXIES contains ${printable(JSON.stringify(network))}, which is not an address or a network. ` +
        'Give those of your reverse proxies, separated by commas: 127.0.0.1,10.0.0.0/24,fd00::1',
    )
  }
  return networks.length === 0 ? null : list
}

/** Headers that mean something else already. */
const taken =
  /^(host|origin|referer|cookie|authorization|connection|upgrade|forwarded|content-.*|sec-.*|x-forwarded-.*)$/

/**
 * Returns the header of AUTH_PROXY_HEADER in lower case; null if it is not set.
 * @throws if it is not the name of a header, if it means something else, or if no proxy is trusted
 */
export function authProxyHeader(
  setting = process.env.AUTH_PROXY_HEADER ?? '',
  trusted: BlockList | null = trustedProxies(),
): string | null {
  if (setting === '') return null
  const name = setting.toLowerCase()
  if (!/^[a-z\d-]+$/.test(name) || taken.test(name))
    throw new Error(
      `AUTH_PROXY_HEADER is ${printable(JSON.stringify(setting))}. Give the name of a header that only your proxy sets, such as X-Auth-User.`,
    )
  if (trusted !== null) return name
  throw new Error(
    `AUTH_PROXY_HEADER is ${setting}, but TRUSTED_PROXIES is not set: anybody could send that header. Set it to the address of your proxy, such as 127.0.0.1.`,
  )
}

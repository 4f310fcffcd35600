import { isIPv6 } from 'node:net'

/**
 * What of an address counts as one network: of IPv6 the first 64 bits, which one subscriber has; any other address as it is.
 * An IPv4 address that is written as IPv6 is that address.
 */
export function networkOf(address: string): string {
  const bare = address.split('%', 1)[0] ?? ''
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (v4 !== undefined || !isIPv6(bare)) return v4 ?? address
  const [head = '', tail] = bare.split('::')
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const before = parts(head)
  const after = tail === undefined ? [] : parts(tail)
  const filled = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  const first = [...before, ...filled, ...after].slice(0, 4)
  return `${first.map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::/64`
}

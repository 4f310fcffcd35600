/** The parts of a host name; joined they are the name again. */
export type HostParts = {
  /** The first label, by which hosts differ. */
  name: string
  /** The domain with its leading dot, which many hosts share; '' if there is none. */
  domain: string
}

/** Splits a host name after its first label. An IP address is not split: its first part says nothing. */
export function splitHost(host: string): HostParts {
  const dot = host.indexOf('.')
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':')
  return dot <= 0 || isAddress ? { name: host, domain: '' } : { name: host.slice(0, dot), domain: host.slice(dot) }
}

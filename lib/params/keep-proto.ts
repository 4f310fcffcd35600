const nameOf = (part: string): string | undefined => new URLSearchParams(part).keys().next().value

/**
 * Returns a request target with a blank after each parameter named `__proto__`. Next makes an ordinary object of the query
 * of a page, in which that name would be lost, and the page could not say that there is no such parameter.
 */
export function keepProto(target: string): string {
  const [path = '', ...rest] = target.split('?')
  if (rest.length === 0) return target
  const parts = rest.join('?').split('&')
  const kept = parts.map((part) => (nameOf(part) === '__proto__' ? part.replace(/=|$/, '+$&') : part))
  return `${path}?${kept.join('&')}`
}

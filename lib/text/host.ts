/** A host name: the part that tells it from others, and its domain with the dot before it. An address has no domain. */
export function hostParts(dest: string): { name: string; domain: string } {
  const dot = dest.indexOf('.')
  const name = dot < 1 || /^[\d.]+$/.test(dest) ? dest : dest.slice(0, dot)
  return { name, domain: dest.slice(name.length) }
}

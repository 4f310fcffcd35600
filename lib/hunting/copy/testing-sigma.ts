/**
 * The literal parts of a value of Sigma between its wildcards `*`, read as the specification says (2.1.0, Escape Character); a `?`
 * that is not escaped is not one of ours.
 */
export function sigmaParts(value: string): string[] {
  const parts = ['']
  let at = 0
  const add = (text: string): void => {
    parts[parts.length - 1] += text
  }
  while (at < value.length) {
    const next = value.charAt(at + 1)
    const character = value.charAt(at)
    if (character === '\\' && next !== '' && '\\*?'.includes(next)) {
      add(next)
      at += 2
      continue
    }
    if (character === '?') throw new Error(`A wildcard ? in ${value}`)
    if (character === '*') parts.push('')
    else add(character)
    at++
  }
  return parts
}

/** The parts of a value with its modifier. */
export function modifiedParts(modifier: string | undefined, value: string): string[] {
  const parts = sigmaParts(value)
  if (modifier === undefined) return parts
  return [...(modifier === 'startswith' ? [] : ['']), ...parts, ...(modifier === 'endswith' ? [] : [''])]
}

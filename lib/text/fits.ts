/**
 * Whether a text has the parts of a pattern in their order, with any text between them; a pattern of one part is the complete text.
 * Both are in lower case. Linear in the text: a pattern is never made a regular expression.
 */
export function fitsLower([first = '', ...rest]: readonly string[], lower: string): boolean {
  const last = rest.pop()
  if (last === undefined) return lower === first
  if (!lower.startsWith(first) || !lower.endsWith(last)) return false
  let at = first.length
  for (const part of rest) {
    const found = lower.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return at <= lower.length - last.length
}

import { placeOf } from './place-of.ts'

/**
 * Whether a text has the parts of a pattern in their order, with any text between them; a pattern of one part is the complete text.
 * Both are in lower case. A pattern is never made a regular expression. Each part that is found is behind the one before it, so that no
 * more parts are looked at than the text has characters, however many the pattern has.
 */
export function fitsLower(parts: readonly string[], lower: string): boolean {
  const end = parts.length - 1
  const first = parts[0] ?? ''
  if (end <= 0) return lower === first
  const last = parts[end] as string
  if (!lower.startsWith(first) || !lower.endsWith(last)) return false
  const limit = lower.length - last.length
  let at = first.length
  for (let place = 1; place < end && at <= limit; place++) {
    const part = parts[place] as string
    const found = placeOf(lower, part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return at <= limit
}

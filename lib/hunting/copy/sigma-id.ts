/** The 32 bits of FNV-1a over a text, from another start for each part of an id. */
function bits(text: string, part: number): string {
  let hash = 0x811c9dc5 ^ Math.imul(part + 1, 0x9e3779b9)
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/**
 * Returns a UUID of version 8 (RFC 9562: a scheme of one's own), always the same for the same text. It names a rule that is
 * copied twice as the same; it is not a digest that could not be forged.
 */
export function sigmaID(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => bits(text, part)).join('')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

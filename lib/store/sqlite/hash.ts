/**
 * A number of 52 bits for a text: two FNV-1a hashes side by side. Texts of one hash are distinguished by their value, so a
 * collision, even one made on purpose, costs time only.
 */
export function hashOf(text: string): number {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
  }
  return (high >>> 12) * 4_294_967_296 + (low >>> 0)
}

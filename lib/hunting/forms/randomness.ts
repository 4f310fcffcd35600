/** How often letters and digits alternate in a token: `a1b2` 3 times, `cafe2023` once. */
function alternations(token: string): number {
  let count = 0
  for (let at = 1; at < token.length; at++) if (isDigit(token, at) !== isDigit(token, at - 1)) count++
  return count
}

const isDigit = (token: string, at: number): boolean => {
  const code = token.charCodeAt(at)
  return code >= 48 && code <= 57
}

/**
 * Whether a short token is a product of chance rather than a word or a word with a number. It is cautious: one in ten random
 * tokens of eight hexadecimal digits is taken for a name, and `face2face` and `cafe2023` are never taken for random.
 */
export function isRandom(token: string): boolean {
  const digits = token.replace(/\D/g, '').length
  return digits >= 2 && digits < token.length && (token.length >= 16 || alternations(token) >= 2)
}

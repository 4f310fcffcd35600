/** Wildcards that a pattern can have; several next to each other are one. Each is one more step for every text it is compared with. */
export const mostWildcards = 100

/** What is wrong with a pattern that has too many wildcards, in a sentence; null if it does not. */
export function wildcardsProblem(pattern: string): string | null {
  const count = pattern.split(/\*+/).length - 1
  return count <= mostWildcards ? null : `A pattern can have ${mostWildcards} * at most, and this one has ${count}.`
}

/** A part of the path as it was before it was encoded; null where its percent signs make no sense. */
export function pathPart(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded)
  } catch {
    // URIError: the address is not valid, and the caller answers so.
    return null
  }
}

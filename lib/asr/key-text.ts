/** A value as text that cannot be mistaken for another: missing as `-`, a text as `+` with its length before it. */
export const tagged = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return '-'
  const text = String(value)
  return `+${text.length}:${text}`
}

/** A host name as it is compared: ingest folds `dest` in the same way. */
export const foldDest = (dest: string): string => dest.toLowerCase()

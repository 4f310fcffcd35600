/** A character that takes two bytes in memory. */
const wide = /[^\0-\xff]/

/** A text of its own: one cut from a record would keep the complete record in memory for as long as it is kept. */
export function detached(text: string): string {
  const encoding = wide.test(text) ? 'utf16le' : 'latin1'
  return Buffer.from(text, encoding).toString(encoding)
}

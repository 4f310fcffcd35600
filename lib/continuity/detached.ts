/** A text of its own: one cut from a record would keep the whole record in memory for as long as it is kept. */
export const detached = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')

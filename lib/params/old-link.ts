/** Whether a text is the number that named a stack or an event before version 0.2. */
export const isOldNumber = (text: string): boolean => /^\d+$/.test(text)

/** What a link says that names a stack or an event by the number it had before version 0.2. */
export const oldLink = (what: 'stack' | 'event'): string =>
  `This link was made before version 0.2, which numbered each ${what}. Numbers could be reused, so the link cannot be resolved. Find the ${what} again and copy its new link.`

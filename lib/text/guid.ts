const guid = /^\{?([0-9a-f]{8})-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i

/** The first eight digits of a GUID, enough to tell one rule from another; anything else as it is. */
export const shortGuid = (text: string): string => guid.exec(text)?.[1] ?? text

/** Whether a text is a GUID, with or without braces. */
export const isGuid = (text: string): boolean => guid.test(text)

// Controls, formats (bidirectional, zero-width, tags), private use, lone surrogates, unassigned, line and paragraph separators.
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu
const unprintableInText = /(?![\t\r\n])[\p{C}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('')

/**
 * Returns the text with every control and direction character as its `\uXXXX` escape, so that a terminal shows it instead
 * of obeying it. JSON stays the same JSON.
 */
export const printable = (text: string): string => text.replace(unprintable, escaped)

/** The same for a text of several lines: tabs and line breaks are kept. */
export const printableText = (text: string): string => text.replace(unprintableInText, escaped)

/** The same for XML, with character references. A lone surrogate has none: it becomes U+FFFD when the text is encoded. */
export const printableXml = (xml: string): string =>
  xml.replace(unprintableInText, (character) =>
    /\p{Cs}/u.test(character) ? character : `&#x${character.codePointAt(0)?.toString(16)};`,
  )

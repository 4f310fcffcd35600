// A carriage return that is not escaped would be read back as a line feed (XML 1.0, 2.11), a line break in an attribute as a blank.
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

// Characters that XML 1.0 cannot contain, written as `\x01`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g
const code = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`

/** A text as the content of an XML element. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>\r]/g, (c) => escapes[c] ?? c).replace(notInXml, code)

/** A text as the value of an XML attribute in single quotes. */
export const escapeAttribute = (text: string): string =>
  text.replace(/[&<>'\r\n\t]/g, (c) => escapes[c] ?? c).replace(notInXml, code)

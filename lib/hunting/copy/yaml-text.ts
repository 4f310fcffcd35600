/** Characters that a single-quoted scalar cannot contain on one line (YAML 1.2, 5.1 and 7.3.2), and those that do not show. */
const escaped = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu

const unicode = (text: string): string =>
  Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  }).join('')

/** A text as a quoted scalar of YAML on one line, whatever it contains: no text can end it or become another type. */
export const yamlText = (text: string): string =>
  text.search(escaped) === -1
    ? `'${text.replaceAll("'", "''")}'`
    : `"${text.replace(/["\\]/g, '\\$&').replace(escaped, unicode)}"`

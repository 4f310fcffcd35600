const isNumber = /^[+-]?\d+(\.\d+)?$/

/** What begins a formula, also in full width and small forms. */
const sign = '[=+\\-@＝＋－＠﹦﹢﹣﹫]'
/** What a spreadsheet may skip before a sign: blanks, quotes, characters that do not show; and `;`, which may begin a cell. */
const skipped = '[\\s\'";\\u2800\\p{Default_Ignorable_Code_Point}]'

const beginsFormula = new RegExp(`^(?:'*[\\t\\r\\n]|${skipped}*${sign})`, 'u')
// Begins only where what is skipped begins: a cell of a thousand blanks is read once.
const formulaStart = new RegExp(`(?<!${skipped})${skipped}*${sign}`, 'gu')
const beginsCell = /[;\t\r\n]/g
const isOneCell = /^[^;\t\r\n]*$/

/**
 * Returns a text with an apostrophe before everything that a spreadsheet would run as a formula (OWASP, CSV injection): at its
 * start, and after each `;`, tab and line break, at which another locale or import splits it. Numbers are left alone.
 */
export function withoutFormulas(text: string): string {
  if (isNumber.test(text)) return text
  const inner = isOneCell.test(text) ? text : text.replace(formulaStart, (found) => found.replace(beginsCell, "$&'"))
  return beginsFormula.test(text) ? `'${inner}` : inner
}

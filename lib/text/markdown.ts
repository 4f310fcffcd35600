import { visibleText } from './visible.ts'

/** A text in which no Markdown reader finds a mark, a link, a mention, an emoji or HTML; and a time in ISO 8601. */
const isPlain = /^[\p{L}\p{N}](?:[\p{L}\p{N} ,()-]*[\p{L}\p{N})])?$|^\d{4}-\d\d-\d\dT[\d:.]+Z$/u

/** A text as a code span, in which backslashes and HTML are literal: its fence is longer than any of its runs of backticks. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  // A reader removes one blank from both ends if both have one and there is something between.
  const needsBlanks = /^`|`$/.test(text) || (text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '')
  return needsBlanks ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

/**
 * Returns logged text for a line or a table cell of Markdown, as it was logged: a code span unless it is plain. Characters that are
 * not seen have names (`⟨RLO⟩`, `⟨LF⟩`). Pipes are outside of the code spans, as `&#124;`: readers disagree about one within.
 */
export function markdownText(logged: string): string {
  const text = visibleText(logged)
  if (isPlain.test(text)) return text
  return text
    .split('|')
    .map((part) => (part === '' ? '' : codeSpan(part)))
    .join('&#124;')
}

/** A value of a row: null as `NULL`, the texts of a list separated by semicolons. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return value.map(cell).join('; ')
  return markdownText(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

type Fact = { name: string; values: readonly string[] }

/** A title in bold, and facts as a list. */
export const markdownHead = (title: string, facts: readonly Fact[]): string =>
  [
    `**${markdownText(title)}**\n`,
    ...facts.map(({ name, values }) => `- ${name}: ${values.map(markdownText).join(', ')}`),
  ].join('\n')

/** A table of rows with these columns; figures are at the right. */
export function markdownTable(columns: readonly string[], rows: readonly Record<string, unknown>[]): string {
  const isFigure = (column: string) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number')
  return [
    columns.map(markdownText),
    columns.map((column) => (isFigure(column) ? '---:' : '---')),
    ...rows.map((row) => columns.map((column) => cell(row[column]))),
  ]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

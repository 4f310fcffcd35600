import type { Copied, Selected, SelectedColumn, Selection } from '#lib/hunting/copy/selection.ts'
import { makeRandom, type Random } from '#tools/simulate/random.ts'

export const equals = (column: SelectedColumn, value: string | null): Selected => ({ column, value, match: 'equals' })
export const wildcard = (column: SelectedColumn, value: string): Selected => ({ column, value, match: 'wildcard' })

export const always = (...columns: Selected[]): Selection => ({ columns, from: null, to: null })

/** The text of what was copied. */
export function textOf(copied: Copied): string {
  if ('refused' in copied) throw new Error(copied.refused)
  return copied.text
}

const pieces = [
  ...['\\', '\\\\', '"', "'", '""', "''", '*', '?', '%', '_', '`', '$', '$(x)', '|', '[', ']', '{', '}', '(', ')', '#'],
  ...['\n', '\r\n', '\0', '\t', '\x1b[31m', '\x85', '\u2028', '\u2029', '\u202e', '\ufeff', '\u200b', '\xad'],
  ...['‘', '’', '‚', '‛', '“', '”', "'@", "\n'@", '\n’@', '-->', ']]>', '<', '>', '&', '&amp;', '&#10;', '</Select>'],
  ...['null', '~', 'yes', '- a', ': ', ' #', '!!str', '&a', '@', '//', '/*', '--', ';', '| delete', '`ms_defender`'],
  ...['C:\\Users\\', 'cmd.exe', 'NULL', ' ', 'é', 'Ω', 'ı', '𝒳', '\u{e0041}', '1', '0x1', 'a', 'B', '.', '^', '=', ','],
]

/** A value as an attacker could log it: pieces that end strings, lines, comments and elements in one of the languages. */
export const hostileText = (random: Random): string =>
  Array.from({ length: 1 + random.int(6) }, () => random.pick(pieces)).join('')

const texts = ['Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline', 'User'] as const

/** Selections of hostile values, exact and with wildcards, missing values among them. */
export function hostileSelections(seed: number, count: number): Selection[] {
  const random = makeRandom(seed, 'hostile')
  const selected = (column: SelectedColumn): Selected =>
    random.int(8) === 0
      ? equals(column, null)
      : { column, value: hostileText(random), match: random.int(2) === 0 ? 'equals' : 'wildcard' }
  return Array.from({ length: count }, () => {
    const columns = texts.filter(() => random.int(2) === 0).map(selected)
    if (random.int(3) === 0) columns.push(equals('dest', hostileText(random)))
    // Only rules log command lines.
    const codes = columns.some(({ column }) => column.endsWith('Commandline'))
      ? ['1121', '1122']
      : ['1121', '1129', '1126']
    if (random.int(3) === 0) columns.push(equals('EventCode', random.pick(codes)))
    if (columns.length === 0) columns.push(selected('Path'))
    const from = random.int(2) === 0 ? null : 1_700_000_000_000 + random.int(1e9)
    return { columns, from, to: from === null ? null : from + random.int(1e9) }
  })
}

import { type Canonical, dataName } from '#lib/asr/canonical.ts'
import { codes } from '#lib/asr/codes.ts'
import { asrCodes, templates } from '#lib/asr/templates.ts'
import { ruleTerm } from './rule-term.ts'
import type { Refusal, Selected, SelectedColumn, Selection } from './selection.ts'
import type { Plan, Term } from './term.ts'
import { anyText, fitsText, likeText, type Text } from './text.ts'

/** The text of a column; null if it must not be logged. */
const textOf = ({ value, match }: Selected): Text | null => {
  if (value === null || value === '') return null
  return match === 'wildcard' ? likeText(value) : { kind: 'equals', value }
}

/** Columns that follow from the EventCode, and their value for each. */
const ofCode = {
  EventCode: (code: number) => String(code),
  mode: (code: number) => codes[code]?.mode ?? '',
  feature: (code: number) => codes[code]?.feature ?? '',
}
const isOfCode = (column: SelectedColumn): column is keyof typeof ofCode => Object.hasOwn(ofCode, column)

/** Versions have another Data name in logs before 2020 and in 1131 to 1134 (lib/continuity/versions.ts). */
const versionNames: Partial<Record<SelectedColumn, readonly string[]>> = {
  Signature_Version: ['Security intelligence Version', 'Signature Version'],
  Engine_Version: ['Engine Version'],
}

/** The Data names under which events of a code log a column; none if its template does not have it. */
function namesOf(code: number, column: SelectedColumn): readonly string[] {
  const versions = versionNames[column]
  if (versions !== undefined) return versions.some((name) => templates[code]?.includes(name)) ? versions : []
  const name = dataName(code, column as keyof Canonical)
  return name === null ? [] : [name]
}

/** What is demanded of an event of a code: a term, null if nothing, or `never` if no event of the code fits. */
function termOf(code: number, selected: Selected): Term | null | 'never' {
  const { column } = selected
  const text = textOf(selected)
  const names = namesOf(code, column)
  if (names.length === 0) return text === null ? null : 'never'
  return text === null
    ? { column, names, fits: 'none', texts: [anyText] }
    : { column, names, fits: 'any', texts: [text] }
}

const wrong = (selected: Selected): string | null => {
  const { column, value } = selected
  if (value !== null && !value.isWellFormed())
    return `${column} contains half a character (a lone surrogate), which no query can contain.`
  return textOf(selected) === null && (column === 'dest' || isOfCode(column)) ? `${column} is never missing.` : null
}

/** The EventCodes that fit the columns that follow from them. */
export const codesOf = (columns: readonly Selected[]): readonly number[] =>
  asrCodes.filter((code) =>
    columns.every((selected) => {
      const { column } = selected
      const text = textOf(selected)
      return !isOfCode(column) || (text !== null && fitsText(text, ofCode[column](code)))
    }),
  )

/** Splits what is asked for into hosts, codes and terms over Data names; refuses what no event can have. */
export function planOf({ columns }: Selection): Plan | Refusal {
  for (const selected of columns) {
    const refused = wrong(selected)
    if (refused !== null) return { refused }
  }
  const leftOut: string[] = []
  const groups = new Map<string, { codes: number[]; terms: Term[] }>()
  const ofData = columns.filter(({ column }) => column !== 'dest' && !isOfCode(column))
  for (const code of codesOf(columns)) {
    const terms: Term[] = []
    let fits = true
    for (const selected of ofData) {
      const isChange = code === 5007 && selected.column === 'ID'
      const term = isChange ? ruleTerm(textOf(selected)) : termOf(code, selected)
      if (typeof term === 'string') fits = false
      else if (term !== null) terms.push(term)
      if (term === 'part') leftOut.push('5007: the rule is a part of its values, so only a complete ID can be found.')
    }
    const key = JSON.stringify(terms)
    const group = groups.get(key) ?? { codes: [], terms }
    if (!fits) continue
    group.codes.push(code)
    groups.set(key, group)
  }
  if (groups.size === 0)
    return { refused: leftOut[0] ?? `No EventCode has all of ${columns.map(({ column }) => column).join(', ')}.` }
  const hosts = columns.filter(({ column }) => column === 'dest').flatMap((selected) => textOf(selected) ?? [])
  return { hosts, groups: [...groups.values()], leftOut }
}

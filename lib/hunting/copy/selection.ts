import { type StackColumn, stackColumns } from '#lib/hunting/definition.ts'

/** The columns that a search in another tool can ask for: those that events contain. */
export type SelectedColumn = Exclude<StackColumn, 'group' | 'upload'>
export const selectedColumns = stackColumns.filter(
  (column): column is SelectedColumn => column !== 'group' && column !== 'upload',
)

/** What is asked of a column: its value, null if it was not logged. With `wildcard`, `*` matches any text. */
export type Selected = { column: SelectedColumn; value: string | null; match: 'equals' | 'wildcard' }

/** A stack, or the pattern of a disposition, with the time range in milliseconds, both ends included; null is open. */
export type Selection = { columns: readonly Selected[]; from: number | null; to: number | null }

/** One sentence on which column cannot be expressed, and why. */
export type Refusal = { refused: string }

/** The text to copy, or why there is none. */
export type Copied = { text: string } | Refusal

/** A field of a stack: the step of its detail ladder, and its value. */
export type StackField = { column: string; step: string; value: string | null; isWildcard: boolean }

/**
 * Returns what other tools are asked for to find the events of a stack; a refusal if one of its fields exists only here: a step of
 * the detail ladder other than `exact`, a host group, an upload.
 */
export function selectionOf(
  fields: readonly StackField[],
  from: number | null,
  to: number | null,
): Selection | Refusal {
  const columns: Selected[] = []
  for (const { column, step, value, isWildcard } of fields) {
    const known = selectedColumns.find((name) => name === column)
    if (known === undefined) return { refused: `${column} exists only in ASR Hunt: no event contains it.` }
    if (step !== 'exact')
      return { refused: `${column} is grouped by the step "${step}" of its detail ladder, which no event contains.` }
    columns.push({ column: known, value, match: isWildcard ? 'wildcard' : 'equals' })
  }
  return { columns, from, to }
}

/** The columns that a search in another tool can ask for. */
export const selectedColumns = [
  'dest',
  'ID',
  'EventCode',
  'mode',
  'feature',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
  'Signature_Version',
  'Engine_Version',
] as const
export type SelectedColumn = (typeof selectedColumns)[number]

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

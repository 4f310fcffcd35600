import { parseTime } from '#lib/asr/time.ts'
import { type By, hasLadder, type StackColumn, type Step, stackColumns, steps } from '#lib/hunting/definition.ts'
import { type FilteredField, filterFields, isStackFilter, type Since, type StackFilterField } from './params.ts'

/** The fields of stacks as a URL has them: `ID,Process_Name.folder,Path`. */
export const byText = (by: readonly By[]): string =>
  by.map(({ column, step }) => (step === 'exact' ? column : `${column}.${step}`)).join(',')

/** The field and the step that a filter of stacks is about. */
export function byOfFilter(field: StackFilterField): By {
  const [column, step = 'exact'] = field.split('.') as [StackColumn, Step?]
  return { column, step }
}

/** The filter that the values of a field of stacks can become: of what was logged in every table, else of stacks only; null if none. */
export function fieldOfBy(by: By): FilteredField | null {
  const name = byText([by])
  return filterFields.find((field) => field === name) ?? (isStackFilter(name) ? name : null)
}

const named = <Name extends string>(names: readonly Name[], text: string): Name | undefined =>
  names.find((name) => name === text)

/**
 * Reads the fields of stacks from a URL; a text says what is wrong with it. Each field is named once, and only those with a ladder
 * have a step.
 */
export function parseBy(text: string): By[] | string {
  const by: By[] = []
  const seen = new Set<StackColumn>()
  for (const part of text.split(',')) {
    const [name = '', stepName = 'exact', ...more] = part.split('.')
    const column = named(stackColumns, name)
    const step = named(steps, stepName)
    if (column === undefined)
      return `Unknown field ${JSON.stringify(name.slice(0, 40))}. Use some of ${stackColumns.join(', ')}.`
    if (step === undefined || more.length > 0)
      return `After the point of ${column}, give one of the steps ${steps.join(', ')}.`
    if (step !== 'exact' && !hasLadder(column)) return `${column} has no steps: only paths and command lines have.`
    if (seen.has(column)) return `${column} is named twice.`
    seen.add(column)
    by.push({ column, step })
  }
  return by
}

const upload = 'upload:'

/** What separates before and since, as a URL has it: an ISO 8601 time, or `upload:` and the id of an upload. */
export const sinceText = (since: Since): string =>
  'time' in since ? new Date(since.time).toISOString() : upload + since.upload

/** Reads `since` from a URL; null if it makes no sense. */
export function parseSince(text: string): Since | null {
  if (text.startsWith(upload)) return text.length > upload.length ? { upload: text.slice(upload.length) } : null
  const time = parseTime(text.replace(/ (?=\d\d:\d\d$)/, '+')) ?? parseTime(`${text}T00:00:00.000Z`)
  return time === null ? null : { time }
}

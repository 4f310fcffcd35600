import { anywhereWritten } from './link.ts'
import type { FilterField, Params } from './params.ts'
import { filterWords } from './pattern.ts'

/** The value of a filter as it is written, and as it is to be written instead. */
export type Rewritten = { field: FilterField; written: string; instead: string }

/** Fields of which a part can be searched for. */
const textFields: readonly FilterField[] = [
  'dest',
  'ID',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
]
/** The values of filters that name a complete text, each with the filter that finds the text anywhere. */
export const completeValues = (filters: Params['filters']): Rewritten[] =>
  textFields.flatMap((field) =>
    (filters[field] ?? []).flatMap((written) => {
      const { excludes, value } = filterWords(written)
      const isPlain = !excludes && value !== '' && value !== 'NULL' && !value.includes('*')
      return isPlain ? [{ field, written, instead: anywhereWritten(value) }] : []
    }),
  )

/** Filters with some values written differently. */
export function rewrite(filters: Params['filters'], values: Rewritten[]): Params['filters'] {
  const next = { ...filters }
  for (const { field, written, instead } of values)
    next[field] = (next[field] ?? []).map((each) => (each === written ? instead : each))
  return next
}

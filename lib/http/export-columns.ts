import type { Problem } from '#lib/params/params.ts'

/** The columns that a file has, in its order; null for those that it has if none are named. */
export type ChosenColumns = { columns: readonly string[] | null; problems: Problem[] }

const problem = (value: string, message: string): ChosenColumns => ({
  columns: null,
  problems: [{ param: 'columns', value, message }],
})

/** Reads `columns` of an address: names of columns, comma-separated. A name that rows do not have is a problem. */
export function chosenColumns(url: URL, isFile: boolean, known: readonly string[]): ChosenColumns {
  const text = url.searchParams.getAll('columns').at(-1) ?? ''
  if (text === '') return { columns: null, problems: [] }
  if (!isFile) return problem(text, 'JSON has every column. Add format=csv or format=ndjson to choose some.')
  const names = [...new Set(text.split(','))]
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return { columns: names, problems: [] }
  const which = unknown.length === 1 ? 'This is not a column' : 'These are not columns'
  return problem(unknown.join(','), `${which} of the rows, which have ${known.join(', ')}.`)
}

/** Whether a file begins with what its rows are: `header=1`. */
export function asksForHeader(url: URL, isFile: boolean): { hasHeader: boolean; problems: Problem[] } {
  const text = url.searchParams.getAll('header').at(-1) ?? ''
  const wrong = (message: string) => ({ hasHeader: false, problems: [{ param: 'header', value: text, message }] })
  if (text === '') return { hasHeader: false, problems: [] }
  if (text !== '1') return wrong('Give 1, or leave it out.')
  return isFile ? { hasHeader: true, problems: [] } : wrong('JSON has no header. Add format=csv, ndjson or md.')
}

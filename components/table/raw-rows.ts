import type { Row, RowData, Table } from '@tanstack/react-table'
import { type ChangeSentence, sentenceText } from '#lib/text/change.ts'
import { isoText } from '#lib/text/time.ts'
import type { features } from './features.ts'
import { sentenceCell } from './table-cells.tsx'

type Value = string | number | null

/** Rows as a table shows them: the names of its columns, and the complete value of each. */
export type RawRows = { columns: readonly string[]; rows: Record<string, Value>[] }

/** The value of a column of a row, shown or not; null if it has none. */
export function rawValue<Data extends RowData>(
  table: Table<typeof features, Data>,
  row: Row<typeof features, Data>,
  column: string,
): Value {
  const own = table.getAllLeafColumns().find(({ id }) => id === column)
  const value = own === undefined ? (row.original as Record<string, unknown>)[column] : row.getValue(column)
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'))
    return value.join('; ')
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

type Given<Data extends RowData> = {
  table: Table<typeof features, Data>
  indexes: readonly number[]
  sentenceOf: (row: Data) => ChangeSentence | null
  /** The column lastTime shows firstTime too. */
  isSpan: boolean
}

/** Returns rows by their places on the page. A configuration change has its sentence where the table shows it; times are ISO 8601. */
export function rawRows<Data extends RowData>({ table, indexes, sentenceOf, isSpan }: Given<Data>): RawRows {
  const all = table.getAllLeafColumns()
  const shown = table.getVisibleLeafColumns()
  const columns = shown.flatMap(({ id }) => (isSpan && id === 'lastTime' ? ['firstTime', 'lastTime'] : [id]))
  const isTime = (column: string) => all.find(({ id }) => id === column)?.columnDef.meta?.isTime === true
  const ofSentence = shown.find(({ id, columnDef: { meta } }) => id === sentenceCell || meta?.ofProcess)?.id
  const { rows } = table.getRowModel()
  return {
    columns,
    rows: indexes.flatMap((index) => {
      const row = rows[index]
      if (row === undefined) return []
      const sentence = sentenceOf(row.original)
      const values = columns.map((column): [string, Value] => {
        if (sentence !== null && column === ofSentence) return [column, sentenceText(sentence)]
        const value = rawValue(table, row, column)
        return [column, typeof value === 'number' && isTime(column) ? isoText(value) : value]
      })
      return [Object.fromEntries(values)]
    }),
  }
}

'use client'
import { FlexRender, type Row, type RowData } from '@tanstack/react-table'
import { cx } from '#components/ui/class.ts'
import type { ChangeSentence } from '#lib/text/change.ts'
import { ChangeText } from './cells/change-text.tsx'
import type { features } from './features.ts'

type Props<Data extends RowData> = {
  row: Row<typeof features, Data>
  /** The sentence of a configuration change: it is shown across the columns that such a row has no value for. */
  sentence: ChangeSentence | null
}

/** The name of the cell that has the sentence of a configuration change. */
export const sentenceCell = 'Change'

/** The cells of a row, each marked with its column for the menu of cells and for phones. */
export function TableCells<Data extends RowData>({ row, sentence }: Props<Data>) {
  const cells = row.getVisibleCells()
  const isSpanned = (index: number): boolean =>
    sentence !== null && cells[index]?.column.columnDef.meta?.ofProcess === true
  const length = (index: number): number => (isSpanned(index) ? 1 + length(index + 1) : 0)
  return cells.map((cell, index) => {
    const { id, columnDef } = cell.column
    const { align, field, phone } = columnDef.meta ?? {}
    if (sentence !== null && isSpanned(index)) {
      if (isSpanned(index - 1)) return null
      return (
        <td key={cell.id} colSpan={length(index)} data-name={sentenceCell} className="phone-title">
          <span className="block truncate max-sm:line-clamp-20 max-sm:wrap-anywhere max-sm:whitespace-normal">
            <ChangeText sentence={sentence} />
          </span>
        </td>
      )
    }
    return (
      <td key={cell.id} data-name={id} data-field={field} className={cx(align, phone && `phone-${phone}`)}>
        <FlexRender cell={cell} />
      </td>
    )
  })
}

'use client'
import { FlexRender, type Row, type RowData } from '@tanstack/react-table'
import { cx } from '#components/ui/class.ts'
import type { features } from './features.ts'

/** The cells of a row, each marked with its column for the menu of cells and for phones. */
export function TableCells<Data extends RowData>({ row }: { row: Row<typeof features, Data> }) {
  return row.getVisibleCells().map((cell) => {
    const { id, columnDef } = cell.column
    const { align, field, phone } = columnDef.meta ?? {}
    return (
      <td key={cell.id} data-name={id} data-field={field} className={cx(align, phone && `phone-${phone}`)}>
        <FlexRender cell={cell} />
      </td>
    )
  })
}

'use client'
import { FlexRender, type Row, type RowData } from '@tanstack/react-table'
import { cx } from '#components/ui/class.ts'
import type { ChangeSentence } from '#lib/text/change.ts'
import { ChangeText } from './cells/change-text.tsx'
import type { features } from './features.ts'
import { pinOf, sentenceSpan } from './pins.ts'

type Props<Data extends RowData> = {
  row: Row<typeof features, Data>
  /** The sentence of a configuration change: it is shown across columns that such a row has no value for. */
  sentence: ChangeSentence | null
  /** The columns that stay at the left. */
  pinned: readonly string[]
}

/** The name of the cell that has the sentence of a configuration change. */
export const sentenceCell = 'Change'

/** The cells of a row, each marked with its column for the menu of cells and for phones. */
export function TableCells<Data extends RowData>({ row, sentence, pinned }: Props<Data>) {
  const cells = row.getVisibleCells()
  const isEmpty = cells.map(({ column }) => sentence !== null && column.columnDef.meta?.ofProcess === true)
  const span = sentenceSpan(isEmpty, pinned.length)
  return cells.map((cell, index) => {
    const { id, columnDef } = cell.column
    const { align, field, phone } = columnDef.meta ?? {}
    const { className, style } = pinOf(pinned, id)
    if (sentence !== null && span !== null && isEmpty[index]) {
      if (index > span.from && index < span.from + span.length) return null
      if (index !== span.from) return <td key={cell.id} className={className} style={style} />
      return (
        <td
          key={cell.id}
          colSpan={span.length}
          data-name={sentenceCell}
          className={cx('phone-title', className)}
          style={style}
        >
          <span className="block truncate max-sm:line-clamp-20 max-sm:wrap-anywhere max-sm:whitespace-normal">
            <ChangeText sentence={sentence} />
          </span>
        </td>
      )
    }
    return (
      <td
        key={cell.id}
        data-name={id}
        data-field={field}
        className={cx(align, phone && `phone-${phone}`, className)}
        style={style}
      >
        <FlexRender cell={cell} />
      </td>
    )
  })
}

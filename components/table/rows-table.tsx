'use client'
import type { Row, RowData, Table } from '@tanstack/react-table'
import { type ComponentProps, type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import type { ChangeSentence } from '#lib/text/change.ts'
import { sentenceText } from '#lib/text/change.ts'
import { countText } from '#lib/text/number.ts'
import { CellMenu } from './cell-menu.tsx'
import { CellTip } from './cell-tip.tsx'
import { useWidths, type Widths } from './column-widths.ts'
import type { features } from './features.ts'
import { scrollerClass } from './scroller.ts'
import { sentenceCell, TableCells } from './table-cells.tsx'
import { useTableContext } from './table-context.ts'
import { TableHead } from './table-head.tsx'
import { type TipLine, type TipRow, tipOf } from './tips.ts'

/** Rows of a page that a phone shows at a time. */
const cardsAtOnce = 25

type Props<Data extends RowData> = {
  table: Table<typeof features, Data>
  caption: string
  /** The sentence of a row that is a configuration change; null for any other. */
  sentenceOf: (row: Data) => ChangeSentence | null
  rowProps: (row: Row<typeof features, Data>, index: number) => ComponentProps<'tr'>
  body: RefObject<HTMLTableSectionElement | null>
  fills: boolean
  /** A row is open next to the table. */
  isOpen?: boolean
  /** What a cell of this table says on hover and focus that cells of others do not; null if nothing. */
  tip?: (row: Data, column: string) => TipLine | null
}

/** A table of stacks or events in its scroller: head, rows, the menu and the tooltip of its cells. On a phone its rows are cards. */
export function RowsTable<Data extends RowData>(props: Props<Data>) {
  const { table, caption, sentenceOf, rowProps, body, fills, isOpen = false, tip } = props
  const { screen, detection, isSpan } = useTableContext()
  const widths = useWidths(screen.table)
  const scroller = useRef<HTMLDivElement>(null)
  const element = useRef<HTMLTableElement>(null)
  const { rows } = table.getRowModel()
  const hasPaths = table.getVisibleLeafColumns().some(({ id }) => id === 'Path')
  const { data } = table.options
  const [cards, setCards] = useState({ of: data, shown: cardsAtOnce })
  const shown = cards.of === data ? cards.shown : cardsAtOnce
  // Another page or order begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what makes the table begin again.
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [data])
  // The button may be gone then: the focus goes on to the first row that it has shown.
  const showMore = () => {
    flushSync(() => setCards({ of: data, shown: shown + cardsAtOnce }))
    body.current?.rows[shown]?.focus()
  }
  const textAt = (index: number, column: string): string | null | undefined => {
    const row = rows[index]?.original
    if (row === undefined) return undefined
    const sentence = sentenceOf(row)
    if (column === sentenceCell) return sentence === null ? undefined : sentenceText(sentence)
    const value = (row as Record<string, string | number | null | undefined>)[column]
    return value === null || value === undefined ? null : String(value)
  }
  return (
    <div ref={scroller} className={scrollerClass(fills)}>
      <div className="relative">
        <table
          ref={element}
          data-table={screen.table}
          className={cx('rows cards', !hasPaths && 'roomy')}
          style={widthStyle(table, widths)}
        >
          <caption className="sr-only">{caption}</caption>
          <TableHead table={table} screen={screen} widths={widths} span={isSpan ? 'lastTime' : null} />
          <tbody ref={body} aria-keyshortcuts="j k Enter">
            {rows.map((row, index) => {
              const { className, ...given } = rowProps(row, index)
              return (
                <tr key={row.id} {...given} className={cx(className, index >= shown && 'max-sm:hidden')}>
                  <TableCells row={row} sentence={sentenceOf(row.original)} />
                </tr>
              )
            })}
          </tbody>
        </table>
        {shown < rows.length && (
          <p className="p-4 sm:hidden">
            <Button className="w-full" onClick={showMore}>
              Show {Math.min(cardsAtOnce, rows.length - shown)} more of {countText(rows.length)} on this page
            </Button>
          </p>
        )}
        <CellMenu body={body} valueAt={textAt} />
        <CellTip
          table={element}
          isQuiet={isOpen}
          lineOf={(index, column, isCut) => {
            const row = rows[index]?.original
            if (row === undefined) return null
            const own = tip?.(row, column) ?? null
            if (own !== null) return own
            const text = textAt(index, column) ?? null
            return tipOf({ row: row as TipRow, column, text, isCut, tz: screen.params.tz, detection, isSpan })
          }}
        />
      </div>
    </div>
  )
}

/** The widths that the reader chose, and the least width of the table: then the columns that take what is left keep their least. */
function widthStyle<Data extends RowData>(table: Table<typeof features, Data>, widths: Widths): CSSProperties {
  const columns = table.getVisibleLeafColumns()
  const chosen = columns.flatMap(({ id }) => {
    const width = widths[id]
    return width === undefined ? [] : [[`--w-${id}`, `${width}px`] as const, [`--m-${id}`, `${width}px`] as const]
  })
  const least = columns.map(({ id, columnDef: { meta } }) =>
    meta?.fills ? `var(--m-${id}, ${meta.base}px)` : `var(--w-${id})`,
  )
  const hasFilling = columns.some(({ id, columnDef: { meta } }) => meta?.fills && widths[id] === undefined)
  return {
    ...Object.fromEntries(chosen),
    '--least': `calc(${least.join(' + ')})`,
    // Without a column that takes what is left, the others would share it and none would have the width it was given.
    ...(chosen.length > 0 && !hasFilling ? { '--width': 'var(--least)' } : {}),
  } as CSSProperties
}

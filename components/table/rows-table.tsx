'use client'
import type { Row, RowData, Table } from '@tanstack/react-table'
import {
  type ComponentProps,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import type { Decided } from '#components/decide/decide-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { useLoaded } from '#components/ui/on-demand.tsx'
import type { ChangeSentence } from '#lib/text/change.ts'
import { sentenceText } from '#lib/text/change.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { moveCellFocus } from './cell-focus.ts'
import type { FirstUse } from './cell-tools.tsx'
import { pinnedColumns } from './column-choice.ts'
import { useWidths } from './column-widths.ts'
import type { features } from './features.ts'
import { leading, pinPadding } from './pins.ts'
import { rawRows, rawValue } from './raw-rows.ts'
import { scrollerClass } from './scroller.ts'
import { sentenceCell, TableCells } from './table-cells.tsx'
import { useTableContext } from './table-context.ts'
import { TableHead } from './table-head.tsx'
import { type TipLine, type TipRow, tipOf } from './tips.ts'
import { useSelection } from './use-selection.ts'
import { widthStyle } from './width-style.ts'

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
  /** What rows can be decided by; null if these cannot be. */
  decidedOf?: (rows: readonly Data[]) => Decided | null
}

const loadTools = async () => (await import('./cell-tools.tsx')).CellTools
const loadBar = async () => (await import('./selection-bar.tsx')).SelectionBar

/** A table of stacks or events in its scroller: head, rows, the menu and the tooltip of its cells. On a phone its rows are cards. */
export function RowsTable<Data extends RowData>(props: Props<Data>) {
  const { table, caption, sentenceOf, rowProps, body, fills, isOpen = false, tip, decidedOf } = props
  const context = useTableContext()
  const { screen, detection, isSpan } = context
  const widths = useWidths(screen.table)
  const scroller = useRef<HTMLDivElement>(null)
  const element = useRef<HTMLTableElement>(null)
  const { rows } = table.getRowModel()
  const names = table.getVisibleLeafColumns().map(({ id }) => id)
  const pinned = leading(names, pinnedColumns(screen, names))
  const { data } = table.options
  const [cards, setCards] = useState({ of: data, shown: cardsAtOnce })
  const shown = cards.of === data ? cards.shown : cardsAtOnce
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const selection = useSelection(body, data, order)
  const count = selection.keys.size
  const Bar = useLoaded(loadBar, count > 0, selection.clear)
  const [first, setFirst] = useState<FirstUse | null>(null)
  const Tools = useLoaded(loadTools, first !== null, () => setFirst(null))
  const use = (type: FirstUse['type'], target: EventTarget, init: PointerEventInit) => {
    if (first === null && target instanceof Element) setFirst({ type, target, init })
  }
  const pointed = (event: PointerEvent) => {
    const { pointerType, pointerId, clientX, clientY } = event
    const type = event.type === 'pointerdown' ? 'pointerdown' : 'pointerover'
    use(type, event.target, { pointerType, pointerId, clientX, clientY })
  }
  const raw = (indexes: number[]) => rawRows({ table, indexes, sentenceOf, isSpan })
  const selected = () => raw(order.flatMap((key, index) => (selection.keys.has(key) ? [index] : [])))
  const copyRow = async (index: number) => {
    const { copyRows } = await import('./copy-rows.ts')
    await copyRows(caption, raw([index]), context)
  }
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
    const row = rows[index]
    if (row === undefined) return undefined
    const sentence = sentenceOf(row.original)
    if (column === sentenceCell) return sentence === null ? undefined : sentenceText(sentence)
    const value = rawValue(table, row, column)
    return value === null ? null : String(value)
  }
  const press = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    moveCellFocus(event)
    const { target } = event
    if (event.key !== ' ' || !(target instanceof HTMLElement && target.matches('tr, td'))) return
    event.preventDefault()
    selection.toggle(target.closest('tr')?.sectionRowIndex ?? -1, event.shiftKey)
  }
  return (
    <div className={fills ? 'flex min-h-0 min-w-0 flex-1 flex-col' : 'min-w-0'}>
      <div ref={scroller} className={scrollerClass(fills)} style={pinPadding(pinned)}>
        <div className="relative">
          <table
            ref={element}
            onPointerOver={pointed}
            onFocus={({ target }) => use('focusin', target, {})}
            data-table={screen.table}
            className={cx('rows cards', !names.includes('Path') && 'roomy')}
            style={widthStyle(table, widths, pinned)}
          >
            <caption className="sr-only">{caption}</caption>
            <TableHead
              table={table}
              screen={screen}
              widths={widths}
              span={isSpan ? 'lastTime' : null}
              pinned={pinned}
            />
            {/* The menu is there when the tools are: until then `m` waits. */}
            <tbody
              ref={body}
              aria-keyshortcuts={first === null ? 'j k Enter' : 'j k Enter m'}
              onKeyDown={press}
              onPointerDown={pointed}
            >
              {rows.map((row, index) => {
                const { className, ...given } = rowProps(row, index)
                return (
                  <tr
                    key={row.id}
                    {...given}
                    aria-selected={selection.keys.has(row.id) || undefined}
                    className={cx(className, index >= shown && 'max-sm:hidden')}
                  >
                    <TableCells row={row} sentence={sentenceOf(row.original)} pinned={pinned} />
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
          {first !== null && Tools !== null && (
            <Tools
              first={first}
              menu={{
                body,
                valueAt: textAt,
                rowAt: (index) => rows[index]?.original as Record<string, unknown> | undefined,
                selection,
                copyRow: (index) => void copyRow(index),
              }}
              tip={{
                table: element,
                isQuiet: isOpen,
                lineOf: (index, column, isCut) => {
                  const row = rows[index]?.original
                  if (row === undefined) return null
                  const own = tip?.(row, column) ?? null
                  if (own !== null) return own
                  const text = textAt(index, column) ?? null
                  return tipOf({ row: row as TipRow, column, text, isCut, tz: screen.params.tz, detection, isSpan })
                },
              }}
            />
          )}
        </div>
      </div>
      {count > 0 && (
        <section
          aria-label="Selected rows"
          className="sticky bottom-0 z-4 flex min-h-9 shrink-0 flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-1"
        >
          <b className="figures text-12 font-semibold">{countOf(count, 'row')} selected</b>
          {Bar !== null && (
            <Bar
              title={caption}
              count={count}
              rows={selected}
              decided={
                decidedOf?.(rows.filter(({ id }) => selection.keys.has(id)).map(({ original }) => original)) ?? null
              }
              onClear={selection.clear}
            />
          )}
        </section>
      )}
    </div>
  )
}

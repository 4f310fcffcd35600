'use client'
import { useTable } from '@tanstack/react-table'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import type { DetectionRow } from '#lib/model/rows.ts'
import { CellMenu } from './cell-menu.tsx'
import { columnVisibility } from './column-choice.ts'
import { tableColumns } from './column-names.ts'
import { detectionColumns } from './detection-columns.ts'
import { features } from './features.ts'
import { isControl, isMarking, keepTabStop, useRowKeys } from './row-focus.ts'
import { scrollerClass } from './scroller.ts'
import { StackPanel } from './stack-panel.tsx'
import { TableCells } from './table-cells.tsx'
import { type TableContext, TableProvider } from './table-context.ts'
import { TableHead } from './table-head.tsx'
import { useOpenRow } from './use-open-row.ts'

type Props = {
  detection: DetectionKey
  rows: DetectionRow[]
  context: Omit<TableContext, 'detection' | 'most'>
  caption: string
  /** Whether it takes the height that is left and scrolls in it, or stands in a screen that scrolls. */
  fills?: boolean
}

/** The stacks of a detection. A click or Enter opens a stack beside the table; `j` and `k` go through them. */
export function DetectionTable({ detection, rows, context, caption, fills = true }: Props) {
  const { screen } = context
  const columns = detectionColumns[detection]
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: ({ stack }) => stack,
    state: {
      columnVisibility: columnVisibility(screen, tableColumns(detection)),
    },
    onColumnVisibilityChange: () => {},
  })
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const panel = useRef<HTMLElement>(null)
  const goesToPanel = useRef(false)
  const [open, setOpen] = useOpenRow()
  const openIndex = rows.findIndex(({ stack }) => stack === open)
  const openRow = rows[openIndex]
  const openAt = (index: number) => setOpen(rows[index]?.stack ?? null)
  useRowKeys(body, openIndex === -1 ? null : openIndex, openAt)

  const close = () => {
    if (panel.current?.contains(document.activeElement)) body.current?.rows[openIndex]?.focus()
    setOpen(null)
  }
  useShortcut('Escape', close)

  // Enter takes the focus along, once the panel is there.
  useEffect(() => {
    if (open !== null && goesToPanel.current) panel.current?.focus()
    goesToPanel.current = false
  }, [open])

  // Another page or order begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what makes the table begin again.
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [rows])

  const rowProps = (index: number) => ({
    tabIndex: index === 0 ? 0 : -1,
    'aria-current': index === openIndex ? ('true' as const) : undefined,
    onClick: (event: MouseEvent) => {
      if (!isControl(event.target) && !isMarking()) openAt(index)
    },
    onFocus: (event: { currentTarget: HTMLTableRowElement }) => keepTabStop(event.currentTarget),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isControl(event.target)) return
      openAt(index)
      goesToPanel.current = true
    },
  })

  return (
    <TableProvider value={{ ...context, detection, most: Math.max(...rows.map(({ count }) => count)) }}>
      <div className={fills ? 'relative flex min-h-0 flex-1' : undefined}>
        <div ref={scroller} className={scrollerClass(fills)}>
          <div className="relative">
            <table className="rows sm:min-w-[1264px]">
              <caption className="sr-only">{caption}</caption>
              <TableHead table={table} screen={screen} />
              <tbody ref={body}>
                {table.getRowModel().rows.map((row, index) => (
                  <tr key={row.id} {...rowProps(index)}>
                    <TableCells row={row} />
                  </tr>
                ))}
              </tbody>
            </table>
            <CellMenu body={body} valueAt={(index, column) => rows[index]?.[column as keyof DetectionRow]} />
          </div>
        </div>
        {openRow !== undefined && (
          <StackPanel ref={panel} row={openRow} detection={detection} onClose={close} fills={fills} />
        )}
      </div>
    </TableProvider>
  )
}

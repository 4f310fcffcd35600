'use client'
import { useTable } from '@tanstack/react-table'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { EventRow } from '#lib/model/rows.ts'
import { eventHref } from '#lib/params/hrefs.ts'
import { CellMenu } from './cell-menu.tsx'
import { columnVisibility } from './column-choice.ts'
import { eventColumnNames, eventColumnsHidden } from './event-column-names.ts'
import { eventColumns } from './event-columns.tsx'
import { features } from './features.ts'
import { isControl, isMarking, keepTabStop, useRowKeys } from './row-focus.ts'
import { scrollerClass } from './scroller.ts'
import { TableCells } from './table-cells.tsx'
import { type TableContext, TableProvider } from './table-context.ts'
import { TableHead } from './table-head.tsx'

type Props = {
  rows: EventRow[]
  context: Omit<TableContext, 'detection' | 'most'>
  /** Whether it takes the height that is left and scrolls in it, or stands in a screen that scrolls. */
  fills?: boolean
}

const noMove = () => {}

/** Single events. A click or Enter opens an event; `j` and `k` go through them. */
export function EventTable({ rows, context, fills = true }: Props) {
  const router = useRouter()
  const { screen } = context
  const table = useTable({
    features,
    columns: eventColumns,
    data: rows,
    getRowId: (row) => String(row.id),
    state: { columnVisibility: columnVisibility(screen, eventColumnNames, eventColumnsHidden) },
    onColumnVisibilityChange: noMove,
  })
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  useRowKeys(body, null, noMove)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at their top.
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [rows])
  const open = (event: { target: EventTarget }, id: string) => {
    if (!isControl(event.target) && !isMarking()) router.push(eventHref(id, screen.params.tz))
  }
  return (
    <TableProvider value={{ ...context, detection: null, most: 0 }}>
      <div ref={scroller} className={scrollerClass(fills)}>
        <div className="relative">
          <table className="rows sm:min-w-[1264px]">
            <caption className="sr-only">Events</caption>
            <TableHead table={table} screen={screen} />
            <tbody ref={body}>
              {table.getRowModel().rows.map((row, index) => (
                <tr
                  key={row.id}
                  tabIndex={index === 0 ? 0 : -1}
                  onFocus={({ currentTarget }) => keepTabStop(currentTarget)}
                  onClick={(event) => open(event, row.original.id)}
                  onKeyDown={(event) => event.key === 'Enter' && open(event, row.original.id)}
                >
                  <TableCells row={row} />
                </tr>
              ))}
            </tbody>
          </table>
          <CellMenu body={body} valueAt={(index, column) => rows[index]?.[column as keyof EventRow]} />
        </div>
      </div>
    </TableProvider>
  )
}

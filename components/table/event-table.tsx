'use client'
import { useTable } from '@tanstack/react-table'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import type { EventRow } from '#lib/model/rows.ts'
import { eventHref } from '#lib/params/hrefs.ts'
import { changeOf } from './changes.ts'
import { inOrder, shownColumns } from './column-choice.ts'
import { useDrafted } from './column-draft.ts'
import { eventColumnNames, eventColumnsHidden } from './event-column-names.ts'
import { eventColumns } from './event-columns.tsx'
import { features } from './features.ts'
import { isControl, isMarking, keepTabStop, useRowKeys } from './row-focus.ts'
import { RowsTable } from './rows-table.tsx'
import { type TableContext, TableProvider } from './table-context.ts'

type Props = {
  rows: EventRow[]
  context: Omit<TableContext, 'detection' | 'most' | 'isSpan'>
  /** Whether it takes the height that is left and scrolls in it, or is part of a screen that scrolls. */
  fills?: boolean
}

type EventColumn = (typeof eventColumns)[number]

const noMove = () => {}

/** Single events. A click or Enter opens an event; `j` and `k` go through them. */
export function EventTable({ rows, context, fills = true }: Props) {
  const router = useRouter()
  const screen = useDrafted(context.screen)
  const { columnVisibility, order } = shownColumns(screen, eventColumnNames, eventColumnsHidden)
  const asked = order.join()
  const columns = useMemo(
    () => inOrder<EventColumn>(eventColumns, ({ accessorKey }) => accessorKey, asked.split(',')) as typeof eventColumns,
    [asked],
  )
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => String(row.id),
    state: { columnVisibility },
    onColumnVisibilityChange: noMove,
  })
  const body = useRef<HTMLTableSectionElement>(null)
  useRowKeys(body, null, noMove)
  const open = (event: { target: EventTarget }, id: string) => {
    if (!isControl(event.target) && !isMarking()) router.push(eventHref(id, screen.params.tz))
  }
  return (
    <TableProvider value={{ ...context, screen, detection: null, most: 0, isSpan: false }}>
      <RowsTable
        table={table}
        caption="Events"
        sentenceOf={(row) => (row.EventCode === 5007 ? changeOf(row, context.rules) : null)}
        rowProps={({ original: { id } }, index) => ({
          tabIndex: index === 0 ? 0 : -1,
          onFocus: ({ currentTarget }) => keepTabStop(currentTarget),
          onClick: (event) => open(event, id),
          onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && open(event, id),
        })}
        body={body}
        fills={fills}
      />
    </TableProvider>
  )
}

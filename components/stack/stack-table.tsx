'use client'
import { useTable } from '@tanstack/react-table'
import dynamic from 'next/dynamic'
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react'
import { expectKey, useShortcut } from '#components/frame/shortcuts.ts'
import { shownColumns } from '#components/table/column-choice.ts'
import { useDrafted } from '#components/table/column-draft.ts'
import { features } from '#components/table/features.ts'
import { isControl, isMarking, keepTabStop, useRowKeys } from '#components/table/row-focus.ts'
import { RowsTable } from '#components/table/rows-table.tsx'
import { type TableContext, TableProvider } from '#components/table/table-context.ts'
import { useOpenRow } from '#components/table/use-open-row.ts'
import type { StackPage, StackRow } from '#lib/model/rows.ts'
import { type ChangeSentence, unparsedChanges } from '#lib/text/change.ts'
import { stackColumnNames } from './column-names.ts'
import { SumsProvider } from './hosts-cell.tsx'
import { decidedStacks, stackCells } from './stack-cells.ts'
import { stackColumnsOf } from './stack-columns.tsx'
import { stackTip } from './tip.ts'

// The panel has charts that most visits of the page do not need.
const MembersPanel = dynamic(() => import('./members-panel.tsx').then((loaded) => loaded.MembersPanel), { ssr: false })

type Props = {
  rows: readonly StackRow[]
  page: Pick<StackPage, 'reportingHosts'>
  context: Omit<TableContext, 'detection' | 'most' | 'isSpan'>
  hiddenAtFirst: readonly string[]
}

const noMove = () => {}

/** What a stack of configuration changes did, if it is one: the events in its panel say it in full. */
const sentenceOf = ({ changed, events }: StackRow): ChangeSentence | null =>
  changed === events ? unparsedChanges(events) : null

/** Stacks over any fields. A click or Enter opens one next to the table; `j` and `k` go through them, and the panel follows. */
export function StackTable({ rows, page: { reportingHosts }, context, hiddenAtFirst }: Props) {
  const screen = useDrafted(context.screen)
  const { by } = screen.params
  const { columnVisibility, order, isSpan } = shownColumns(screen, stackColumnNames(screen.params), hiddenAtFirst)
  const asked = order.join()
  const data = useMemo(() => stackCells(by, rows), [by, rows])
  const columns = useMemo(() => stackColumnsOf(by, asked.split(','), reportingHosts), [by, asked, reportingHosts])
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ stack }) => stack,
    state: { columnVisibility },
    onColumnVisibilityChange: noMove,
  })
  const body = useRef<HTMLTableSectionElement>(null)
  const panel = useRef<HTMLElement>(null)
  const [takesFocus, setTakesFocus] = useState(false)
  const [open, setOpen] = useOpenRow()
  const openIndex = rows.findIndex(({ stack }) => stack === open)
  const openAt = (index: number) => {
    expectKey('x')
    setOpen(rows[index]?.stack ?? null)
  }
  useRowKeys(body, openIndex === -1 ? null : openIndex, openAt)

  const close = () => {
    if (panel.current?.contains(document.activeElement)) body.current?.rows[Math.max(0, openIndex)]?.focus()
    setTakesFocus(false)
    setOpen(null)
  }
  useShortcut('Escape', open === null ? null : close)

  const rowProps = (_: unknown, index: number) => ({
    tabIndex: index === 0 ? 0 : -1,
    'aria-current': index === openIndex ? ('true' as const) : undefined,
    onClick: (event: MouseEvent) => {
      if (!isControl(event.target) && !isMarking()) openAt(index)
    },
    onFocus: (event: { currentTarget: HTMLTableRowElement }) => keepTabStop(event.currentTarget),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isControl(event.target)) return
      panel.current?.focus()
      setTakesFocus(true)
      openAt(index)
    },
  })

  return (
    <TableProvider value={{ ...context, screen, detection: null, most: 0, isSpan }}>
      <SumsProvider value={{ reportingHosts }}>
        <div className="relative flex min-h-0 flex-1">
          <RowsTable
            table={table}
            caption="Stacks"
            sentenceOf={sentenceOf}
            rowProps={rowProps}
            body={body}
            fills
            isOpen={open !== null}
            decidedOf={(chosen) => decidedStacks(by, chosen)}
            tip={(row, name) => stackTip(row, name, reportingHosts)}
          />
          {open !== null && (
            <MembersPanel ref={panel} stack={open} row={data[openIndex]} takesFocus={takesFocus} onClose={close} />
          )}
        </div>
      </SumsProvider>
    </TableProvider>
  )
}

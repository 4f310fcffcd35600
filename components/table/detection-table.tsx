'use client'
import { useTable } from '@tanstack/react-table'
import dynamic from 'next/dynamic'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react'
import { expectKey, useShortcut } from '#components/frame/shortcuts.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import type { DetectionRow } from '#lib/model/rows.ts'
import { type ChangeSentence, unparsedChanges } from '#lib/text/change.ts'
import { inOrder, shownColumns } from './column-choice.ts'
import { useDrafted } from './column-draft.ts'
import { hiddenColumns, tableColumns } from './column-names.ts'
import { decidedRows } from './decided-rows.ts'
import { detectionColumns, nameOf } from './detection-columns.ts'
import { features } from './features.ts'
import { isControl, isMarking, keepTabStop, useRowKeys } from './row-focus.ts'
import { RowsTable } from './rows-table.tsx'
import { type TableContext, TableProvider } from './table-context.ts'
import { useOpenRow } from './use-open-row.ts'

// Most visits of a page open no stack.
const StackPanel = dynamic(() => import('./stack-panel.tsx').then((loaded) => loaded.StackPanel))

type Props = {
  detection: DetectionKey
  rows: DetectionRow[]
  context: Omit<TableContext, 'detection' | 'most' | 'isSpan'>
  /** What the configuration changes of a stack did, by the key of the stack; of a stack that is missing it is not known. */
  changes?: Record<string, ChangeSentence>
  caption: string
  /** Whether it takes the height that is left and scrolls in it, or is part of a screen that scrolls. */
  fills?: boolean
}

/** The stacks of a detection. A click or Enter opens a stack next to the table; `j` and `k` go through them. */
export function DetectionTable({ detection, rows, context, changes = {}, caption, fills = true }: Props) {
  const screen = useDrafted(context.screen)
  const { columnVisibility, order, isSpan } = shownColumns(screen, tableColumns(detection), hiddenColumns(detection))
  const asked = order.join()
  const columns = useMemo(() => inOrder(detectionColumns[detection], nameOf, asked.split(',')), [detection, asked])
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: ({ stack }) => stack,
    state: { columnVisibility },
    onColumnVisibilityChange: () => {},
  })
  const sentenceOf = (row: DetectionRow): ChangeSentence | null =>
    row.EventCode === 5007 ? (changes[row.stack] ?? unparsedChanges(row.count)) : null
  const body = useRef<HTMLTableSectionElement>(null)
  const panel = useRef<HTMLElement>(null)
  const goesToPanel = useRef(false)
  const [open, setOpen] = useOpenRow()
  const openIndex = rows.findIndex(({ stack }) => stack === open)
  const openRow = rows[openIndex]
  const openAt = (index: number) => {
    expectKey('x')
    setOpen(rows[index]?.stack ?? null)
  }
  useRowKeys(body, openIndex === -1 ? null : openIndex, openAt)

  const close = () => {
    if (panel.current?.contains(document.activeElement)) body.current?.rows[openIndex]?.focus()
    setOpen(null)
  }
  useShortcut('Escape', openRow === undefined ? null : close)

  // Enter takes the focus along, once the panel is there.
  const takeFocus = (element: HTMLElement | null) => {
    if (element === null || !goesToPanel.current) return
    goesToPanel.current = false
    element.focus()
  }
  const placePanel = (element: HTMLElement | null) => {
    panel.current = element
    takeFocus(element)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: for a panel that is there already, each time another row is opened.
  useEffect(() => takeFocus(panel.current), [open])

  const rowProps = (_: unknown, index: number) => ({
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

  const most = Math.max(...rows.map(({ count }) => count))
  return (
    <TableProvider value={{ ...context, screen, detection, most, isSpan }}>
      <div className={fills ? 'relative flex min-h-0 flex-1' : undefined}>
        <RowsTable
          table={table}
          caption={caption}
          sentenceOf={sentenceOf}
          rowProps={rowProps}
          body={body}
          fills={fills}
          isOpen={openRow !== undefined}
          decidedOf={(chosen) => decidedRows(detection, chosen)}
        />
        {openRow !== undefined && (
          <StackPanel
            ref={placePanel}
            row={openRow}
            sentence={sentenceOf(openRow)}
            detection={detection}
            onClose={close}
            fills={fills}
          />
        )}
      </div>
    </TableProvider>
  )
}

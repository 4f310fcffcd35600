'use client'
import { Check, EllipsisVertical } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { cx } from '#components/ui/class.ts'
import { Menu } from '#components/ui/menu.tsx'
import { OnDemand, useLoaded } from '#components/ui/on-demand.tsx'
import type { FilteredField } from '#lib/params/params.ts'
import { useMenuRequest } from './cell-focus.ts'
import type { MenuValue } from './cell-menu-items.tsx'
import type { Asked } from './contains-dialog.tsx'
import { useTableContext } from './table-context.ts'
import type { RowSelection } from './use-selection.ts'

type Cell = MenuValue & { row: number; top: number; left: number }
type Props = {
  body: RefObject<HTMLTableSectionElement | null>
  valueAt: (row: number, column: string) => string | null | undefined
  rowAt: (row: number) => Record<string, unknown> | undefined
  selection: RowSelection
  copyRow: (row: number) => void
}

const loadItems = async () => (await import('./cell-menu-items.tsx')).CellMenuItems
const loadDialog = async () => (await import('./contains-dialog.tsx')).ContainsDialog

const toolClass =
  'absolute z-2 flex h-6 w-4 items-center justify-center rounded-sm text-dim hover:bg-line hover:text-ink'

/** The filter of a rule is its ID: of the column with its name too. */
function filterOf(element: HTMLTableCellElement, row: Record<string, unknown>, value: string) {
  const { name, field } = element.dataset
  const id = row.ID ?? row.ASR_ID
  if (name === 'ASR_Rule' && typeof id === 'string' && id !== 'NULL') return { field: 'ID' as const, filter: id }
  return { field: (field ?? null) as FilteredField | null, filter: value }
}

/**
 * The menu of the cell that the pointer is on, and the checkbox of its row: two buttons that follow the pointer, in gaps where no
 * text is. By keyboard the menu is that of the cell or row with the focus (`m`, the menu key), by touch that of a cell on which a
 * finger rests.
 */
export function CellMenu({ body, valueAt, rowAt, selection, copyRow }: Props) {
  const { screen } = useTableContext()
  const [cell, setCell] = useState<Cell | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const trigger = useRef<HTMLSpanElement>(null)
  /** What had the focus when the menu was asked for without a pointer on its button. */
  const origin = useRef<HTMLElement | null>(null)
  const find = (target: EventTarget | null): Cell | null => {
    const element = target instanceof Element ? target.closest<HTMLTableCellElement>('td[data-name]') : null
    const line = element?.parentElement
    if (!(element && line instanceof HTMLTableRowElement)) return null
    const row = line.sectionRowIndex
    const column = element.dataset.name ?? ''
    const [value, record] = [valueAt(row, column), rowAt(row)]
    if (value === undefined || record === undefined) return null
    const text = value ?? 'NULL'
    // The gap is the padding of two cells, or what the last one has at its end.
    const gap = element.nextElementSibling === null ? 16 : 8
    const left = element.offsetLeft + element.offsetWidth - gap
    return { row, column, value: text, record, ...filterOf(element, record, text), top: element.offsetTop, left }
  }
  const openAt = (target: Element) => {
    if (isOpen) return
    const first = target.matches('tr') ? target.querySelector('td[data-name]') : target
    const found = find(first)
    if (found === null) return
    origin.current = target.closest<HTMLElement>('td[tabindex], tr[tabindex]')
    setCell(found)
  }
  // The button is there now: it is pressed for the reader.
  useEffect(() => {
    if (cell !== null && origin.current !== null) trigger.current?.querySelector('button')?.click()
  }, [cell])
  useMenuRequest(body, openAt)
  useShortcut('m', () => {
    const { activeElement } = document
    if (activeElement !== null && body.current?.contains(activeElement)) openAt(activeElement)
  })
  useEffect(() => {
    const table = body.current
    if (table === null || isOpen) return
    const enter = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return
      const found = find(event.target)
      if (found === null) return
      origin.current = null
      setCell(found)
    }
    const leave = (event: PointerEvent) => {
      if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest('[data-cell-tool]'))) setCell(null)
    }
    const scrolled = () => setCell(null)
    table.addEventListener('pointerover', enter)
    table.addEventListener('pointerleave', leave)
    window.addEventListener('scroll', scrolled, true)
    return () => {
      table.removeEventListener('pointerover', enter)
      table.removeEventListener('pointerleave', leave)
      window.removeEventListener('scroll', scrolled, true)
    }
  })
  const giveBack = () => {
    const back = origin.current
    if (back === null) return
    origin.current = null
    back.focus()
    setOpen(false)
    setCell(null)
  }
  const Dialog = useLoaded(loadDialog, asked !== null, () => setAsked(null))
  const isSelected = cell !== null && selection.keys.has(selection.order[cell.row] ?? '')
  return (
    <>
      {cell !== null && (
        <>
          <button
            type="button"
            aria-pressed={isSelected}
            data-cell-tool
            tabIndex={-1}
            aria-label="Select this row"
            onClick={(event) => selection.toggle(cell.row, event.shiftKey)}
            className={cx(toolClass, 'max-sm:hidden', origin.current !== null && 'hidden')}
            style={{ top: cell.top + 1, left: 0 }}
          >
            <span className="flex size-3.5 items-center justify-center rounded-xs border border-control bg-ground text-accent">
              {isSelected && <Check aria-hidden className="size-3" />}
            </span>
          </button>
          <span ref={trigger} className="contents">
            <Menu.Root open={isOpen} onOpenChange={setOpen}>
              <Menu.Trigger
                data-cell-tool
                tabIndex={-1}
                aria-label={`${cell.column}: only this, not this, copy`}
                className={cx(toolClass, 'data-popup-open:bg-line')}
                style={{ top: cell.top + 1, left: cell.left }}
                onFocus={giveBack}
              >
                <EllipsisVertical aria-hidden className="size-3.5" />
              </Menu.Trigger>
              <OnDemand
                load={loadItems}
                given={{
                  cell,
                  onContains: setAsked,
                  row: {
                    isSelected,
                    onSelect: () => selection.toggle(cell.row),
                    onCopy: () => copyRow(cell.row),
                  },
                }}
              />
            </Menu.Root>
          </span>
        </>
      )}
      {asked !== null && Dialog !== null && <Dialog screen={screen} asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

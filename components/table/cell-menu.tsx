'use client'
import { Copy, EllipsisVertical, Equal, EqualNot, Monitor } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { copyText } from '#components/ui/copy.ts'
import { Menu, MenuItem, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { hostHref } from '#lib/params/hrefs.ts'
import type { FilterField } from '#lib/params/params.ts'
import { filterLinks } from '#lib/params/screen.ts'
import { useTableContext } from './table-context.ts'

type Cell = { column: string; field: FilterField | null; value: string; top: number; left: number }
type Props = {
  body: RefObject<HTMLTableSectionElement | null>
  valueAt: (row: number, column: string) => string | number | null | undefined
}

/**
 * The menu of the cell that the pointer is on: one button that follows it, in the gap after the cell, where no text is. The
 * panel of the row has the same for the keyboard.
 */
export function CellMenu({ body, valueAt }: Props) {
  const { screen, window: range, detection } = useTableContext()
  const [cell, setCell] = useState<Cell | null>(null)
  const [isOpen, setOpen] = useState(false)
  const find = (target: EventTarget | null) => {
    const element = target instanceof Element ? target.closest<HTMLTableCellElement>('td[data-name]') : null
    const row = element?.parentElement
    if (!(element && row instanceof HTMLTableRowElement)) return
    const column = element.dataset.name ?? ''
    const value = valueAt(row.sectionRowIndex, column)
    const field = (element.dataset.field ?? null) as FilterField | null
    if (value === undefined) return
    const next = { column, field, value: String(value ?? 'NULL') }
    // The gap is the padding of two cells, or what the last one has at its end.
    const gap = element.nextElementSibling === null ? 16 : 8
    setCell({ ...next, top: element.offsetTop, left: element.offsetLeft + element.offsetWidth - gap })
  }
  useEffect(() => {
    const table = body.current
    if (table === null || isOpen) return
    const enter = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') find(event.target)
    }
    const leave = (event: PointerEvent) => {
      if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest('[data-cell-menu]'))) setCell(null)
    }
    table.addEventListener('pointerover', enter)
    table.addEventListener('pointerleave', leave)
    return () => {
      table.removeEventListener('pointerover', enter)
      table.removeEventListener('pointerleave', leave)
    }
  })
  if (cell === null) return null
  const links = cell.field === null ? null : filterLinks(screen, cell.field, cell.value)
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger
        data-cell-menu
        tabIndex={-1}
        aria-label={`${cell.column}: only this, not this, copy`}
        className="absolute z-1 flex h-6 w-4 items-center justify-center rounded-sm text-dim hover:bg-line hover:text-ink data-popup-open:bg-line"
        style={{ top: cell.top + 1, left: cell.left }}
      >
        <EllipsisVertical aria-hidden className="size-3.5" />
      </Menu.Trigger>
      <MenuPopup>
        {links !== null && (
          <>
            <MenuLink href={links.only}>
              <Equal aria-hidden />
              Only this
            </MenuLink>
            <MenuLink href={links.not}>
              <EqualNot aria-hidden />
              Not this
            </MenuLink>
          </>
        )}
        <MenuItem onClick={() => copyText(cell.value, `${cell.column} copied`)}>
          <Copy aria-hidden />
          Copy
        </MenuItem>
        {cell.field === 'dest' && (
          <MenuLink href={hostHref(cell.value, range, screen.params.tz, detection)}>
            <Monitor aria-hidden />
            Open host
          </MenuLink>
        )}
      </MenuPopup>
    </Menu.Root>
  )
}

'use client'
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent } from 'react'

type Body = RefObject<HTMLTableSectionElement | null>

const cellsOf = (row: HTMLTableRowElement): HTMLTableCellElement[] =>
  [...row.cells].filter(({ dataset }) => dataset.name !== undefined)

/** The cell that the focus goes to from a row or a cell; undefined if the key is not one of those that move it. */
function next(target: Element, key: string): HTMLElement | null | undefined {
  const row = target.closest('tr')
  if (!(row instanceof HTMLTableRowElement)) return undefined
  const cells = cellsOf(row)
  if (target === row) return { ArrowRight: cells[0], ArrowLeft: cells.at(-1) }[key]
  const at = cells.indexOf(target as HTMLTableCellElement)
  if (at === -1) return undefined
  if (key === 'ArrowRight') return cells[at + 1] ?? null
  if (key === 'ArrowLeft') return cells[at - 1] ?? row
  const step = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[key]
  if (!(step instanceof HTMLTableRowElement)) return step === undefined ? undefined : null
  const name = cells[at]?.dataset.name
  return cellsOf(step).find(({ dataset }) => dataset.name === name) ?? step
}

/** Left and right go from a row to its cells and through them, up and down to the same cell of another row. */
export function moveCellFocus(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event
  if (ctrlKey || metaKey || altKey || shiftKey || !(target instanceof Element)) return
  const to = next(target, key)
  if (to === undefined) return
  event.preventDefault()
  if (to instanceof HTMLTableCellElement) to.tabIndex = -1
  to?.focus()
}

/** Milliseconds that a finger rests on a cell until its menu opens, and pixels that it may move meanwhile. */
const rest = { time: 500, way: 10 }

/**
 * Calls `open` for the cell whose menu the reader asks for: by the menu key or Shift+F10 on a row or a cell, or by a finger that
 * rests on it. A right click of a mouse stays the browser's.
 */
export function useMenuRequest(body: Body, open: (target: Element) => void): void {
  const ask = useEffectEvent(open)
  useEffect(() => {
    const table = body.current
    if (table === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let from = { x: 0, y: 0 }
    let isOpened = false
    const stop = () => clearTimeout(timer)
    const start = ({ pointerType, target, clientX, clientY }: PointerEvent) => {
      isOpened = false
      if (pointerType === 'mouse' || !(target instanceof Element)) return
      from = { x: clientX, y: clientY }
      stop()
      timer = setTimeout(() => {
        isOpened = true
        ask(target)
      }, rest.time)
    }
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > rest.way) stop()
    }
    // The finger that opened the menu neither moves the focus away from it nor opens the row as well.
    const lift = (event: TouchEvent) => {
      if (isOpened) event.preventDefault()
      isOpened = false
    }
    const menu = (event: MouseEvent) => {
      const pointer = (event as Partial<PointerEvent>).pointerType
      if (pointer === 'mouse' || (pointer === undefined && event.button === 2)) return
      event.preventDefault()
      stop()
      if (!isOpened && event.target instanceof Element) ask(event.target)
      isOpened = pointer === 'touch'
    }
    const ends = ['pointerup', 'pointercancel'] as const
    table.addEventListener('pointerdown', start)
    table.addEventListener('pointermove', move)
    for (const end of ends) table.addEventListener(end, stop)
    table.addEventListener('touchend', lift)
    table.addEventListener('contextmenu', menu)
    return () => {
      stop()
      table.removeEventListener('pointerdown', start)
      table.removeEventListener('pointermove', move)
      for (const end of ends) table.removeEventListener(end, stop)
      table.removeEventListener('touchend', lift)
      table.removeEventListener('contextmenu', menu)
    }
  }, [body])
}

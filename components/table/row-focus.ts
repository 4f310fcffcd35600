'use client'
import type { RefObject } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'

type Body = RefObject<HTMLTableSectionElement | null>

/** The row that has the focus, or contains what has it. */
const focusedRow = (rows: HTMLTableRowElement[]): number =>
  rows.findIndex((row) => row.contains(document.activeElement))

/** Makes one row the table's tab stop, so that Tab comes back to where the reader was. */
export function keepTabStop(row: HTMLTableRowElement): void {
  for (const other of row.parentElement?.querySelectorAll<HTMLTableRowElement>('tr[tabindex="0"]') ?? [])
    other.tabIndex = -1
  row.tabIndex = 0
}

/**
 * `j` and `k` move the focus from row to row. While a row is open next to the table they move `open` instead, and the
 * focus stays where it is unless it was on a row.
 */
export function useRowKeys(body: Body, open: number | null, moveOpen: (index: number) => void): void {
  const move = (step: number) => {
    const rows = [...(body.current?.rows ?? [])]
    const focused = focusedRow(rows)
    const from = open ?? focused
    const next = Math.min(rows.length - 1, Math.max(0, from === -1 ? 0 : from + step))
    const row = rows[next]
    if (row === undefined) return
    if (open !== null) moveOpen(next)
    if (open === null || focused !== -1) row.focus()
    else row.scrollIntoView({ block: 'nearest' })
  }
  useShortcut('j', () => move(1))
  useShortcut('k', () => move(-1))
}

/** Whether a click or key meant a link or button inside a row, and not the row. */
export const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button') !== null

/** Whether the reader has marked text: then a click ends the marking and opens nothing. */
export const isMarking = (): boolean => String(window.getSelection()) !== ''

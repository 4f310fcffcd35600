'use client'
import { type RefObject, useState } from 'react'
import { expectKey, useShortcut } from '#components/frame/shortcuts.ts'
import { announce } from '#components/ui/announce.ts'
import { countOf } from '#lib/text/number.ts'
import { nothingSelected, ranged, type Selection, stepped, toggled } from './selection.ts'

type Body = RefObject<HTMLTableSectionElement | null>

export type RowSelection = {
  keys: ReadonlySet<string>
  /** The keys of all rows. */
  order: readonly string[]
  toggle: (index: number, isRange?: boolean) => void
  clear: () => void
}

/**
 * The rows of a page that are selected: Space on a row, Shift with j or k, its checkbox. Rows of another page or order begin
 * without. `order`: the keys of the rows; the same list as long as they are the same rows.
 */
export function useSelection(body: Body, of: readonly unknown[], order: readonly string[]): RowSelection {
  const [state, setState] = useState<{ of: readonly unknown[]; selection: Selection }>({
    of,
    selection: nothingSelected,
  })
  const selection = state.of === of ? state.selection : nothingSelected
  const select = (next: Selection) => {
    setState({ of, selection: next })
    if (selection.keys.size === 0 && next.keys.size > 0) expectKey('x')
    announce(next.keys.size === 0 ? 'No row selected' : `${countOf(next.keys.size, 'row')} selected`)
  }
  const step = (by: number) => {
    const rows = [...(body.current?.rows ?? [])]
    const focused = rows.findIndex((row) => row.contains(document.activeElement))
    const from = Math.max(0, focused)
    const to = focused === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by))
    const [fromKey, toKey] = [order[from], order[to]]
    if (fromKey === undefined || toKey === undefined) return
    select(stepped(selection, fromKey, toKey))
    rows[to]?.focus()
  }
  useShortcut('J', () => step(1))
  useShortcut('K', () => step(-1))
  const clear = () => select(nothingSelected)
  useShortcut('Escape', selection.keys.size > 0 ? clear : null)
  return {
    keys: selection.keys,
    order,
    clear,
    toggle: (index, isRange = false) => {
      const key = order[index]
      if (key !== undefined) select(isRange ? ranged(selection, order, key) : toggled(selection, key))
    },
  }
}

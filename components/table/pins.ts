import type { CSSProperties } from 'react'

/** The width of columns together, as CSS: each has a variable with its width. */
const widthOf = (columns: readonly string[]): string => `calc(${columns.map((id) => `var(--w-${id})`).join(' + ')})`

/** What a cell of a pinned column has so that it stays at the left; nothing for any other column. */
export function pinOf(pinned: readonly string[], column: string): { className?: string; style?: CSSProperties } {
  const at = pinned.indexOf(column)
  if (at === -1) return {}
  const left = at === 0 ? '0px' : widthOf(pinned.slice(0, at))
  return {
    className: at === pinned.length - 1 ? 'pinned pinned-last' : 'pinned',
    style: { '--pin': left } as CSSProperties,
  }
}

/** Where a table scrolls to when something in it has the focus: never behind its pinned columns. */
export const pinPadding = (pinned: readonly string[]): CSSProperties =>
  pinned.length === 0 ? {} : { scrollPaddingInlineStart: widthOf(pinned) }

/** The columns that are pinned: of those shown, the first ones, as far as they are named. */
export function leading(shown: readonly string[], named: readonly string[]): string[] {
  const end = shown.findIndex((column) => !named.includes(column))
  return end === -1 ? [...shown] : shown.slice(0, end)
}

/** A cell that spans several columns, from its first to its last. */
export type Span = { from: number; length: number }

/**
 * Returns where the sentence of a configuration change is shown: the longest run of columns that it has no value for. A run ends
 * at the last pinned column, since what is pinned does not move with the rest. Null if there is no such column.
 */
export function sentenceSpan(isSpanned: readonly boolean[], pinnedCount: number): Span | null {
  let best: Span | null = null
  let from = -1
  for (const [index, spanned] of [...isSpanned, false].entries()) {
    if (from !== -1 && (!spanned || index === pinnedCount)) {
      if (best === null || index - from > best.length) best = { from, length: index - from }
      from = -1
    }
    if (spanned && from === -1) from = index
  }
  return best
}

import type { Screen } from '#lib/params/screen.ts'

/** Columns that a table shows only when asked to: its own, and those that repeat what the screen is about. */
export const hiddenOn = ({ repeated = [] }: Screen, hiddenAtFirst: readonly string[] = []): readonly string[] => [
  ...hiddenAtFirst,
  ...repeated,
]

/** The columns that a parameter names, of those that there are. */
const namedIn = (text: string | undefined, all: readonly string[]): string[] => [
  ...new Set(text?.split(',').filter((column) => all.includes(column))),
]

/** The columns that stay at the left when a table scrolls sideways, in their order: those that its URL names in `pin`. */
export const pinnedColumns = ({ own }: Screen, shown: readonly string[]): string[] => namedIn(own.pin, shown)

/**
 * Returns the columns that a table shows, from left to right: those its URL names in `cols`, in that order, else all but the ones
 * hidden at first. Those that are pinned come first.
 */
export function columnOrder(screen: Screen, all: readonly string[], hiddenAtFirst: readonly string[] = []): string[] {
  const named = namedIn(screen.own.cols, all)
  const shown = named.length > 0 ? named : all.filter((column) => !hiddenOn(screen, hiddenAtFirst).includes(column))
  return [...new Set([...pinnedColumns(screen, shown), ...shown])]
}

/** Which columns a table shows, by name. */
export function columnVisibility(
  screen: Screen,
  all: readonly string[],
  hiddenAtFirst: readonly string[] = [],
): Record<string, boolean> {
  const shown = columnOrder(screen, all, hiddenAtFirst)
  return Object.fromEntries(all.map((column) => [column, shown.includes(column)]))
}

/** The value of `cols` that shows just these in this order; null if that is what is shown anyway. */
export function colsText(
  shown: readonly string[],
  all: readonly string[],
  hiddenAtFirst: readonly string[] = [],
  pinned: readonly string[] = [],
): string | null {
  const usual = all.filter((column) => !hiddenAtFirst.includes(column))
  const first = pinned.filter((column) => usual.includes(column))
  const expected = [...first, ...usual.filter((column) => !first.includes(column))]
  return expected.join() === shown.join() ? null : shown.join(',')
}

/**
 * Which columns a table shows and in which order, and whether the two times share the column lastTime: they do if both are shown.
 */
export function shownColumns(
  screen: Screen,
  all: readonly string[],
  hiddenAtFirst: readonly string[],
): { columnVisibility: Record<string, boolean>; order: string[]; isSpan: boolean } {
  const order = columnOrder(screen, all, hiddenAtFirst)
  const shown = columnVisibility(screen, all, hiddenAtFirst)
  const isSpan = order.includes('firstTime') && order.includes('lastTime')
  return { columnVisibility: isSpan ? { ...shown, firstTime: false } : shown, order, isSpan }
}

/** Columns in the order of their names; what the order does not name comes last. */
export function inOrder<Column>(
  columns: readonly Column[],
  nameOf: (column: Column) => string,
  order: readonly string[],
): Column[] {
  const place = (column: Column) => (order.indexOf(nameOf(column)) + order.length + 1) % (order.length + 1)
  return columns.toSorted((a, b) => place(a) - place(b))
}

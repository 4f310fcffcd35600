import type { Screen } from '#lib/params/screen.ts'

/** Columns that a table shows only when asked to: its own, and those that repeat what the screen is about. */
export const hiddenOn = ({ repeated = [] }: Screen, hiddenAtFirst: readonly string[] = []): readonly string[] => [
  ...hiddenAtFirst,
  ...repeated,
]

/** Which columns a table shows: those its URL names in `cols`, else all but the ones hidden at first. */
export function columnVisibility(
  screen: Screen,
  all: readonly string[],
  hiddenAtFirst: readonly string[] = [],
): Record<string, boolean> {
  const named = screen.own.cols?.split(',').filter((column) => all.includes(column)) ?? []
  const isShown = (column: string): boolean =>
    named.length > 0 ? named.includes(column) : !hiddenOn(screen, hiddenAtFirst).includes(column)
  return Object.fromEntries(all.map((column) => [column, isShown(column)]))
}

/** The value of `cols` that shows just these; null if that is what is shown anyway. */
export function colsText(
  shown: readonly string[],
  all: readonly string[],
  hiddenAtFirst: readonly string[] = [],
): string | null {
  const usual = all.filter((column) => !hiddenAtFirst.includes(column))
  return usual.length === shown.length && usual.every((column) => shown.includes(column)) ? null : shown.join(',')
}

/** Which columns a table shows, and whether the two times share the column lastTime: they do if both are shown. */
export function shownColumns(
  screen: Screen,
  all: readonly string[],
  hiddenAtFirst: readonly string[],
): { columnVisibility: Record<string, boolean>; isSpan: boolean } {
  const shown = columnVisibility(screen, all, hiddenAtFirst)
  const isSpan = shown.firstTime === true && shown.lastTime === true
  return { columnVisibility: isSpan ? { ...shown, firstTime: false } : shown, isSpan }
}

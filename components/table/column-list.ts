/** A column as the reader arranges it. */
export type ListedColumn = { name: string; isShown: boolean; isPinned: boolean }

/** Columns as they are listed: those shown from left to right, the pinned ones first, then those that are hidden. */
export function listed(order: readonly string[], pinned: readonly string[], all: readonly string[]): ListedColumn[] {
  const hidden = all.filter((name) => !order.includes(name))
  return [...order, ...hidden].map((name) => ({
    name,
    isShown: order.includes(name),
    isPinned: pinned.includes(name),
  }))
}

/** The part of the list that a column can be moved within: the pinned ones, or the others that are shown. */
const isOfPart = (a: ListedColumn, b: ListedColumn): boolean => a.isShown && b.isShown && a.isPinned === b.isPinned

/** Whether a column can be moved by so many places. */
export function canMove(list: readonly ListedColumn[], name: string, step: number): boolean {
  const at = list.findIndex((each) => each.name === name)
  const [own, other] = [list[at], list[at + step]]
  return own !== undefined && other !== undefined && isOfPart(own, other)
}

/** The list with a column moved by so many places; the same list if it cannot be. */
export function moved(list: readonly ListedColumn[], name: string, step: number): readonly ListedColumn[] {
  if (!canMove(list, name, step)) return list
  const at = list.findIndex((each) => each.name === name)
  const own = list[at]
  return own === undefined ? list : list.toSpliced(at, 1).toSpliced(at + step, 0, own)
}

const arranged = (list: readonly ListedColumn[]): ListedColumn[] => [
  ...list.filter(({ isShown, isPinned }) => isShown && isPinned),
  ...list.filter(({ isShown, isPinned }) => isShown && !isPinned),
  ...list.filter(({ isShown }) => !isShown),
]

/** The list with a column pinned, as the last of those that are, or not any more. */
export function pinnedToggled(list: readonly ListedColumn[], name: string): ListedColumn[] {
  const own = list.find((each) => each.name === name)
  if (own === undefined) return [...list]
  const others = list.filter((each) => each !== own)
  const next = { ...own, isPinned: !own.isPinned }
  return arranged(next.isPinned ? [...others, next] : [next, ...others])
}

/** The list with a column shown, as the last one, or hidden; the last that is shown stays. */
export function shownToggled(list: readonly ListedColumn[], name: string): readonly ListedColumn[] {
  const shown = list.filter(({ isShown }) => isShown)
  if (shown.length === 1 && shown[0]?.name === name) return list
  return arranged(list.map((each) => (each.name === name ? { name, isShown: !each.isShown, isPinned: false } : each)))
}

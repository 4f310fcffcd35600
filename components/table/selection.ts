/** Rows that are selected, by their keys, and the one that a range begins at. */
export type Selection = { keys: ReadonlySet<string>; anchor: string | null }

export const nothingSelected: Selection = { keys: new Set(), anchor: null }

/** The selection with a row added, or removed if it is in it. */
export function toggled({ keys }: Selection, key: string): Selection {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return { keys: next, anchor: key }
}

/** The selection after a step with Shift: both rows are in it; a step back to a selected row removes the row that it leaves. */
export function stepped({ keys, anchor }: Selection, from: string, to: string): Selection {
  const next = new Set(keys)
  if (keys.has(from) && keys.has(to) && from !== to) next.delete(from)
  else next.add(from).add(to)
  return { keys: next, anchor: anchor ?? from }
}

/** The selection with every row from its anchor to a row added; without an anchor, with this row toggled. */
export function ranged(selection: Selection, order: readonly string[], key: string): Selection {
  const [from, to] = [order.indexOf(selection.anchor ?? ''), order.indexOf(key)]
  if (from === -1 || to === -1) return toggled(selection, key)
  const added = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { keys: new Set([...selection.keys, ...added]), anchor: selection.anchor }
}

/** A key that does something: as the list of keys writes it, and as `useShortcut` binds it if that does. */
type Key = { keys: string; does: string; bound?: string }

const inTable = [
  { keys: 'j', does: 'Next row', bound: 'j' },
  { keys: 'k', does: 'Previous row', bound: 'k' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: 'Esc', does: 'Close it, or clear the selection', bound: 'Escape' },
  { keys: 'x', does: 'Decide the selected rows, or the row that is open', bound: 'x' },
  { keys: 'h', does: 'Hide what is decided, or show it', bound: 'h' },
  { keys: 'n', does: 'Next page', bound: 'n' },
  { keys: 'p', does: 'Previous page', bound: 'p' },
  { keys: 'e', does: 'Export', bound: 'e' },
  { keys: '← →', does: 'Cells of the row' },
  { keys: '↑ ↓', does: 'The same cell of another row' },
  { keys: 'm', does: 'Menu of the cell or row', bound: 'm' },
  { keys: 'Space', does: 'Select the row' },
  { keys: 'Shift Space', does: 'Select all rows up to this one' },
  { keys: 'Shift j', does: 'Select it and the next row', bound: 'J' },
  { keys: 'Shift k', does: 'Select it and the previous row', bound: 'K' },
  { keys: 'Ctrl c', does: 'Copy the selected rows' },
] as const satisfies Key[]

const onParts = [
  { keys: 'Shift Enter', does: 'Head of a column: sort by it too' },
  { keys: '← →', does: 'Edge of a head: width of the column' },
  { keys: 'Enter', does: 'Edge of a head: the usual width' },
  { keys: 'Alt ↑ ↓', does: 'List of columns: move the column' },
  { keys: '← →', does: 'Timeline: from bar to bar' },
  { keys: 'Enter', does: 'Timeline: narrow to the bar' },
] as const satisfies Key[]

const everywhere = [
  { keys: '/', does: 'Search', bound: '/' },
  { keys: 'l', does: 'Copy a link to this view', bound: 'l' },
  { keys: '?', does: 'This list', bound: '?' },
] as const satisfies Key[]

/** The keys of the list under `?`, except those that lead to other screens. */
export const keyLists: Record<string, readonly Key[]> = {
  'In a table': inTable,
  'On what has the focus': onParts,
  Everywhere: everywhere,
}

/** The keys that can be bound: a key that is not in the list of keys is an error of types. */
export type BoundKey = Extract<(typeof inTable | typeof everywhere)[number], { bound: string }>['bound'] | `g ${string}`

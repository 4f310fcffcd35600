import type { RowData, Table } from '@tanstack/react-table'
import type { CSSProperties } from 'react'
import type { Widths } from './column-widths.ts'
import type { features } from './features.ts'

/** Pixels of a pinned column that would otherwise take what the others leave: what comes after it must know where it ends. */
const pinnedFilling = 240

/**
 * The widths of columns as CSS variables: those that the reader chose, and the least width of the table: then the columns that take
 * what is left keep their least.
 */
export function widthStyle<Data extends RowData>(
  table: Table<typeof features, Data>,
  chosen: Widths,
  pinned: readonly string[],
): CSSProperties {
  const columns = table.getVisibleLeafColumns()
  const widthOf = (id: string, fills: boolean | undefined): number | undefined =>
    chosen[id] ?? (fills === true && pinned.includes(id) ? pinnedFilling : undefined)
  const given = columns.flatMap(({ id, columnDef: { meta } }) => {
    const width = widthOf(id, meta?.fills)
    return width === undefined ? [] : [[`--w-${id}`, `${width}px`] as const, [`--m-${id}`, `${width}px`] as const]
  })
  const least = columns.map(({ id, columnDef: { meta } }) =>
    meta?.fills ? `var(--m-${id}, ${meta.base}px)` : `var(--w-${id})`,
  )
  const hasFilling = columns.some(({ id, columnDef: { meta } }) => meta?.fills && widthOf(id, true) === undefined)
  return {
    ...Object.fromEntries(given),
    '--least': `calc(${least.join(' + ')})`,
    // Without a column that takes what is left, the others would share it and none would have the width it was given.
    ...((given.length > 0 || pinned.length > 0) && !hasFilling ? { '--width': 'var(--least)' } : {}),
  } as CSSProperties
}

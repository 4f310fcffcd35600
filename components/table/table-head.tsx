'use client'
import type { RowData, Table } from '@tanstack/react-table'
import { cx } from '#components/ui/class.ts'
import type { Screen } from '#lib/params/screen.ts'
import { ColumnHandle } from './column-handle.tsx'
import type { Widths } from './column-widths.ts'
import type { features } from './features.ts'
import { pinOf } from './pins.ts'
import { ariaSort, SortLink } from './sort-link.tsx'

type Props<Row extends RowData> = {
  table: Table<typeof features, Row>
  screen: Screen
  widths: Widths
  /** The column that has both times under its two names. */
  span: string | null
  /** The columns that stay at the left. */
  pinned: readonly string[]
}

/** The head of a table: each column by the name it has in the API and in exports, with the zone if it has times. */
export function TableHead<Row extends RowData>({ table, screen, widths, span, pinned }: Props<Row>) {
  return (
    <thead>
      <tr>
        {table.getVisibleLeafColumns().map(({ id, columnDef: { meta } }) => {
          const names = id === span ? ['firstTime', 'lastTime'] : [id]
          const pin = pinOf(pinned, id)
          const isChangeable = meta?.isFixed !== true
          return (
            <th
              key={id}
              scope="col"
              aria-sort={names.map((name) => ariaSort(screen, name)).find((order) => order !== undefined)}
              data-name={id}
              aria-label={[...names, ...(meta?.isTime ? [screen.params.tz] : [])].join(' ')}
              data-icon={meta?.isIcon}
              style={{ ...pin.style, width: `var(--w-${id})` }}
              className={cx(meta?.align, isChangeable && 'changeable', pin.className)}
            >
              <span className={cx('flex min-w-0 items-center gap-1', meta?.align && 'justify-end')}>
                {names.map((name, index) => (
                  <SortLink
                    key={name}
                    screen={screen}
                    column={name}
                    isIcon={meta?.isIcon}
                    note={meta?.isTime && index === names.length - 1 ? screen.params.tz : undefined}
                    align={meta?.align}
                  />
                ))}
              </span>
              {isChangeable && (
                <ColumnHandle table={screen.table} column={id} width={widths[id] ?? meta?.base ?? 120} />
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

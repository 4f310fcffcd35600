'use client'
import type { RowData, Table } from '@tanstack/react-table'
import { cx } from '#components/ui/class.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { features } from './features.ts'
import { ariaSort, SortLink } from './sort-link.tsx'

/** The head of a table: each column by the name it has in the API and in exports, with the zone where it holds times. */
export function TableHead<Row extends RowData>({
  table,
  screen,
}: {
  table: Table<typeof features, Row>
  screen: Screen
}) {
  return (
    <thead>
      <tr>
        {table.getVisibleLeafColumns().map(({ id, columnDef: { meta } }) => (
          <th key={id} scope="col" aria-sort={ariaSort(screen, id)} className={cx(meta?.width, meta?.align)}>
            <SortLink
              screen={screen}
              column={id}
              note={meta?.isTime ? screen.params.tz : undefined}
              align={meta?.align}
            />
          </th>
        ))}
      </tr>
    </thead>
  )
}

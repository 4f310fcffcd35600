'use client'
import { TriangleAlert } from 'lucide-react'
import type { DetectionRow } from '#lib/model/rows.ts'
import { ChangeText } from './cells/change-text.tsx'
import { GuidCell } from './cells/guid-cell.tsx'
import { RegistryText } from './cells/registry-text.tsx'
import { StateName } from './cells/state-name.tsx'
import { changeOf } from './changes.ts'
import { column } from './detection-cells.tsx'
import { useTableContext } from './table-context.ts'

function Change({ row }: { row: DetectionRow }) {
  const { rules } = useTableContext()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate max-sm:line-clamp-20 max-sm:wrap-anywhere max-sm:whitespace-normal">
        <ChangeText sentence={changeOf(row, rules)} />
      </span>
      {row.weakened === 1 && (
        <span className="flex shrink-0 items-center gap-1 rounded-sm bg-audit-soft px-1 text-12 text-audit-ink">
          <TriangleAlert aria-hidden className="size-3" />
          weakened
        </span>
      )}
    </span>
  )
}

/** Columns of the two detections that read configuration changes. */
export const change = column.display({
  id: 'Change',
  cell: ({ row }) => <Change row={row.original} />,
  meta: { base: 280, fills: true, phone: 'title' },
})
export const asrId = column.accessor('ASR_ID', {
  cell: ({ getValue }) => <GuidCell guid={getValue() ?? null} hint={false} />,
  meta: { base: 80, isFixed: true, field: 'ID' },
})
export const oldState = column.accessor('Old_Registry_Value', {
  cell: ({ getValue }) => <StateName state={getValue() ?? 'NULL'} />,
  meta: { base: 150 },
})
export const newState = column.accessor('New_Registry_Value', {
  cell: ({ getValue }) => <StateName state={getValue() ?? 'NULL'} />,
  meta: { base: 150 },
})
export const oldValue = column.accessor('Old_Value', {
  cell: ({ getValue }) => <RegistryText value={getValue()} />,
  meta: { base: 240 },
})
export const newValue = column.accessor('New_Value', {
  cell: ({ getValue }) => <RegistryText value={getValue()} />,
  meta: { base: 240 },
})
export const exclusion = column.accessor('Exclusion', {
  cell: ({ getValue }) => (getValue() === null ? null : <RegistryText value={getValue()} />),
  meta: { base: 200 },
})

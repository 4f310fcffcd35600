'use client'
import { GuidCell } from './cells/guid-cell.tsx'
import { RegistryText } from './cells/registry-text.tsx'
import { StateName } from './cells/state-name.tsx'
import { column } from './detection-cells.tsx'

/** Columns of the two detections that read configuration changes. */
export const asrId = column.accessor('ASR_ID', {
  cell: ({ getValue }) => <GuidCell guid={getValue() ?? null} />,
  meta: { width: 'w-19', field: 'ID' },
})
export const oldState = column.accessor('Old_Registry_Value', {
  cell: ({ getValue }) => <StateName state={getValue() ?? 'NULL'} />,
  meta: { width: 'w-38', phone: 'line' },
})
export const newState = column.accessor('New_Registry_Value', {
  cell: ({ getValue }) => <StateName state={getValue() ?? 'NULL'} />,
  meta: { width: 'w-38', phone: 'line' },
})
export const oldValue = column.accessor('Old_Value', {
  cell: ({ getValue }) => <RegistryText value={getValue()} />,
  meta: { width: 'w-auto' },
})
export const newValue = column.accessor('New_Value', {
  cell: ({ getValue }) => <RegistryText value={getValue()} />,
  meta: { width: 'w-auto' },
})
export const exclusion = column.accessor('Exclusion', {
  cell: ({ getValue }) => (getValue() === null ? null : <RegistryText value={getValue()} />),
  meta: { width: 'w-auto', phone: 'line' },
})

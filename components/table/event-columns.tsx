'use client'
import { createColumnHelper } from '@tanstack/react-table'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { EventRow } from '#lib/model/rows.ts'
import { eventHref, ruleHref } from '#lib/params/hrefs.ts'
import { DestLink } from './cells/dest-link.tsx'
import { PathCell, TextCell } from './cells/field-value.tsx'
import { GuidCell } from './cells/guid-cell.tsx'
import { CodeTag } from './cells/mode-tag.tsx'
import { RegistryText } from './cells/registry-text.tsx'
import { RuleName } from './cells/rule-name.tsx'
import { TimeCell } from './cells/time-cell.tsx'
import type { features } from './features.ts'
import { useTableContext } from './table-context.ts'

const column = createColumnHelper<typeof features, EventRow>()

function Time({ row }: { row: EventRow }) {
  const { tz } = useTableContext().screen.params
  return (
    <NavLink href={eventHref(row.id, tz)} className="block w-fit rounded-sm text-accent hover:underline">
      <TimeCell time={row._time} tz={tz} />
    </NavLink>
  )
}

function Rule({ row }: { row: EventRow }) {
  const { rules, screen } = useTableContext()
  const { ID, ASR_Rule } = row
  if (ID === null) return <RuleName id={ID} name={ASR_Rule} />
  return <RuleName id={ID} name={ASR_Rule} short={rules[ID]?.short} href={ruleHref(ID, screen.params)} />
}

/** Columns of single events, in the order they are read. */
export const eventColumns = column.columns([
  column.accessor('_time', {
    cell: ({ row }) => <Time row={row.original} />,
    meta: { width: 'w-40', isTime: true, phone: 'line' },
  }),
  column.accessor('dest', {
    cell: ({ getValue }) => <DestLink dest={getValue()} />,
    meta: { width: 'w-32 min-[1600px]:w-52', field: 'dest', phone: 'line' },
  }),
  column.accessor('ASR_Rule', {
    cell: ({ row }) => <Rule row={row.original} />,
    meta: { width: 'w-42 min-[1600px]:w-56', phone: 'title' },
  }),
  column.accessor('EventCode', {
    cell: ({ getValue }) => <CodeTag code={getValue()} />,
    meta: { width: 'w-30', field: 'EventCode', phone: 'line' },
  }),
  column.accessor('Process_Name', {
    cell: ({ getValue }) => <PathCell value={getValue()} />,
    meta: { width: 'w-auto', field: 'Process_Name', phone: 'line' },
  }),
  column.accessor('Path', {
    cell: ({ getValue }) => <PathCell value={getValue()} />,
    meta: { width: 'w-auto', field: 'Path', phone: 'line' },
  }),
  column.accessor('Parent_Commandline', {
    cell: ({ getValue }) => <TextCell value={getValue()} />,
    meta: { width: 'w-auto', field: 'Parent_Commandline' },
  }),
  column.accessor('Target_Commandline', {
    cell: ({ getValue }) => <TextCell value={getValue()} />,
    meta: { width: 'w-auto', field: 'Target_Commandline' },
  }),
  column.accessor('User', {
    cell: ({ getValue }) => <TextCell value={getValue()} />,
    meta: { width: 'w-42', field: 'User', phone: 'line' },
  }),
  column.accessor('Old_Value', {
    cell: ({ getValue }) => <RegistryText value={getValue()} />,
    meta: { width: 'w-auto' },
  }),
  column.accessor('New_Value', {
    cell: ({ getValue }) => <RegistryText value={getValue()} />,
    meta: { width: 'w-auto' },
  }),
  column.accessor('ID', {
    cell: ({ getValue }) => <GuidCell guid={getValue()} />,
    meta: { width: 'w-19', field: 'ID' },
  }),
  column.accessor('EventRecordID', {
    cell: ({ getValue }) => <span className="figures text-12">{getValue() ?? ''}</span>,
    meta: { width: 'w-28', align: 'end' },
  }),
])

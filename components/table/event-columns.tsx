'use client'
import { createColumnHelper } from '@tanstack/react-table'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { EventRow } from '#lib/model/rows.ts'
import { eventHref, ruleHref } from '#lib/params/hrefs.ts'
import { CodeCell } from './cells/code-cell.tsx'
import { DestLink } from './cells/dest-link.tsx'
import { PathCell, TextCell } from './cells/field-value.tsx'
import { GuidCell } from './cells/guid-cell.tsx'
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
  if (ID === null) return <RuleName id={ID} name={ASR_Rule} hint={false} />
  return <RuleName id={ID} name={ASR_Rule} short={rules[ID]?.short} href={ruleHref(ID, screen.params)} hint={false} />
}

/** Columns of single events, in the order they are read. */
export const eventColumns = column.columns([
  column.accessor('_time', {
    cell: ({ row }) => <Time row={row.original} />,
    meta: { base: 168, isFixed: true, isTime: true, phone: 'time' },
  }),
  column.accessor('dest', {
    cell: ({ getValue }) => <DestLink dest={getValue()} />,
    meta: { base: 130, field: 'dest', phone: 'dest' },
  }),
  column.accessor('EventCode', {
    cell: ({ getValue }) => <CodeCell code={getValue()} />,
    meta: { base: 40, isFixed: true, isIcon: true, field: 'EventCode', phone: 'code' },
  }),
  column.accessor('ASR_Rule', {
    cell: ({ row }) => <Rule row={row.original} />,
    meta: { base: 162, phone: 'title', ofProcess: true },
  }),
  column.accessor('Process_Name', {
    cell: ({ getValue }) => <PathCell value={getValue()} />,
    meta: { base: 168, field: 'Process_Name', phone: 'process', ofProcess: true },
  }),
  column.accessor('Path', {
    cell: ({ getValue }) => <PathCell value={getValue()} />,
    meta: { base: 430, field: 'Path', phone: 'path', ofProcess: true },
  }),
  column.accessor('Parent_Commandline', {
    cell: ({ getValue }) => <TextCell value={getValue()} />,
    meta: { base: 106, fills: true, field: 'Parent_Commandline', ofProcess: true },
  }),
  column.accessor('Target_Commandline', {
    cell: ({ getValue }) => <TextCell value={getValue()} />,
    meta: { base: 106, fills: true, field: 'Target_Commandline', ofProcess: true },
  }),
  column.accessor('User', {
    cell: ({ getValue }) => <TextCell value={getValue()} />,
    meta: { base: 130, field: 'User', ofProcess: true },
  }),
  column.accessor('Old_Value', {
    cell: ({ getValue }) => <RegistryText value={getValue()} />,
    meta: { base: 240 },
  }),
  column.accessor('New_Value', {
    cell: ({ getValue }) => <RegistryText value={getValue()} />,
    meta: { base: 240 },
  }),
  column.accessor('ID', {
    cell: ({ getValue }) => <GuidCell guid={getValue()} hint={false} />,
    meta: { base: 80, isFixed: true, field: 'ID' },
  }),
  column.accessor('EventRecordID', {
    cell: ({ getValue }) => <span className="figures text-12">{getValue() ?? ''}</span>,
    meta: { base: 100, isFixed: true, align: 'end' },
  }),
])

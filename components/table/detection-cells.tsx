'use client'
import { createColumnHelper } from '@tanstack/react-table'
import type { DetectionRow } from '#lib/model/rows.ts'
import { ruleHref } from '#lib/params/hrefs.ts'
import { CodeCell } from './cells/code-cell.tsx'
import { DestLink } from './cells/dest-link.tsx'
import { PathCell, TextCell } from './cells/field-value.tsx'
import { GuidCell } from './cells/guid-cell.tsx'
import { RuleName } from './cells/rule-name.tsx'
import { StackCount } from './cells/stack-count.tsx'
import { TimeCell } from './cells/time-cell.tsx'
import type { features } from './features.ts'
import { useTableContext } from './table-context.ts'

/** Columns of the detections; which of them a table has follows from the columns of its detection. */
export const column = createColumnHelper<typeof features, DetectionRow>()

function Rule({ row }: { row: DetectionRow }) {
  const { rules, screen } = useTableContext()
  const id = row.ID ?? row.ASR_ID ?? null
  if (id === null) return <RuleName id={id} name={row.ASR_Rule} />
  return <RuleName id={id} name={row.ASR_Rule} short={rules[id]?.short} href={ruleHref(id, screen.params)} />
}

function Time({ time }: { time: number }) {
  return <TimeCell time={time} tz={useTableContext().screen.params.tz} />
}

export const dest = column.accessor('dest', {
  cell: ({ getValue }) => <DestLink dest={getValue()} />,
  meta: { width: 'w-32 min-[1600px]:w-52', field: 'dest', phone: 'line' },
})
export const rule = column.accessor('ASR_Rule', {
  cell: ({ row }) => <Rule row={row.original} />,
  meta: { width: 'w-42 min-[1600px]:w-56', phone: 'title' },
})
export const process = column.accessor('Process_Name', {
  cell: ({ getValue }) => <PathCell value={getValue()} />,
  meta: { width: 'w-auto', field: 'Process_Name', phone: 'line' },
})
export const path = column.accessor('Path', {
  cell: ({ getValue }) => <PathCell value={getValue()} />,
  meta: { width: 'w-auto', field: 'Path', phone: 'line' },
})
export const parent = column.accessor('Parent_Commandline', {
  cell: ({ getValue }) => <TextCell value={getValue()} />,
  meta: { width: 'w-30 min-[1600px]:w-auto', field: 'Parent_Commandline' },
})
export const target = column.accessor('Target_Commandline', {
  cell: ({ getValue }) => <TextCell value={getValue()} />,
  meta: { width: 'w-30 min-[1600px]:w-auto', field: 'Target_Commandline' },
})
export const code = column.accessor('EventCode', {
  cell: ({ getValue }) => <CodeCell code={getValue() ?? 0} />,
  meta: { width: 'w-30', field: 'EventCode', phone: 'line' },
})
export const id = column.accessor('ID', {
  cell: ({ getValue }) => <GuidCell guid={getValue() ?? null} />,
  meta: { width: 'w-19', field: 'ID' },
})
export const count = column.accessor('count', {
  cell: ({ row }) => <StackCount row={row.original} />,
  meta: { width: 'w-34', align: 'end', phone: 'figure' },
})
export const firstTime = column.accessor('firstTime', {
  cell: ({ getValue }) => <Time time={getValue()} />,
  meta: { width: 'w-38', isTime: true },
})
export const lastTime = column.accessor('lastTime', {
  cell: ({ getValue }) => <Time time={getValue()} />,
  meta: { width: 'w-40', isTime: true, phone: 'line' },
})

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
import { OneTimeCell, TimesCell } from './cells/times-cell.tsx'
import type { features } from './features.ts'
import { useTableContext } from './table-context.ts'

/** Columns of the detections; which of them a table has follows from the columns of its detection. */
export const column = createColumnHelper<typeof features, DetectionRow>()

function Rule({ row }: { row: DetectionRow }) {
  const { rules, screen } = useTableContext()
  const id = row.ID ?? row.ASR_ID ?? null
  if (id === null) return <RuleName id={id} name={row.ASR_Rule} hint={false} />
  return (
    <RuleName id={id} name={row.ASR_Rule} short={rules[id]?.short} href={ruleHref(id, screen.params)} hint={false} />
  )
}

function Times({ row }: { row: DetectionRow }) {
  const { isSpan } = useTableContext()
  return isSpan ? <TimesCell {...row} /> : <OneTimeCell time={row.lastTime} name="lastTime" />
}

export const dest = column.accessor('dest', {
  cell: ({ getValue }) => <DestLink dest={getValue()} />,
  meta: { base: 130, field: 'dest', phone: 'dest' },
})
export const rule = column.accessor('ASR_Rule', {
  cell: ({ row }) => <Rule row={row.original} />,
  meta: { base: 162, phone: 'title', ofProcess: true },
})
export const process = column.accessor('Process_Name', {
  cell: ({ getValue }) => <PathCell value={getValue()} />,
  meta: { base: 168, field: 'Process_Name', phone: 'process', ofProcess: true },
})
export const path = column.accessor('Path', {
  cell: ({ getValue }) => <PathCell value={getValue()} />,
  meta: { base: 430, field: 'Path', phone: 'path', ofProcess: true },
})
export const parent = column.accessor('Parent_Commandline', {
  cell: ({ getValue }) => <TextCell value={getValue()} />,
  meta: { base: 106, fills: true, field: 'Parent_Commandline', ofProcess: true },
})
export const target = column.accessor('Target_Commandline', {
  cell: ({ getValue }) => <TextCell value={getValue()} />,
  meta: { base: 106, fills: true, field: 'Target_Commandline', ofProcess: true },
})
export const code = column.accessor('EventCode', {
  cell: ({ getValue }) => <CodeCell code={getValue() ?? 0} />,
  meta: { base: 40, isFixed: true, isIcon: true, field: 'EventCode', phone: 'code' },
})
export const id = column.accessor('ID', {
  cell: ({ getValue }) => <GuidCell guid={getValue() ?? null} hint={false} />,
  meta: { base: 80, isFixed: true, field: 'ID' },
})
export const count = column.accessor('count', {
  cell: ({ row }) => <StackCount row={row.original} />,
  meta: { base: 78, isFixed: true, align: 'end', phone: 'figure' },
})
export const firstTime = column.accessor('firstTime', {
  cell: ({ getValue }) => <OneTimeCell time={getValue()} name="firstTime" />,
  meta: { base: 168, isFixed: true, isTime: true },
})
export const lastTime = column.accessor('lastTime', {
  cell: ({ row }) => <Times row={row.original} />,
  meta: { base: 236, isFixed: true, isTime: true, phone: 'time' },
})
